import assert from 'node:assert/strict';
import test from 'node:test';
import { lineWithin } from './lines.js';

const BOX = { left: 0, right: 10, top: 0, bottom: 10 };

test('a line is cut at the box, from left to right whichever way it runs', () => {
  assert.deepEqual(lineWithin(BOX, [5, 5], [1, 1]), [0, 0, 10, 10]);
  assert.deepEqual(lineWithin(BOX, [5, 5], [-2, -2]), [0, 0, 10, 10]);
  assert.deepEqual(lineWithin(BOX, [3, 4], [0, 1]), [3, 0, 3, 10]);
});

test('a line that passes by, or has no direction, is none', () => {
  assert.equal(lineWithin(BOX, [20, 5], [0, 1]), null);
  assert.equal(lineWithin(BOX, [0, 20], [1, 1]), null);
  assert.equal(lineWithin(BOX, [5, 5], [0, 0]), null);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { decades, niceTicks } from './axes.js';

test('ticks lie inside, even and round', () => {
  for (const [low, high, count] of [[0, 200, 4], [-3, 3, 5], [0.013, 0.021, 3], [1e6, 5e6, 6], [0, 7, 4]]) {
    const ticks = niceTicks(low, high, count);
    assert.ok(ticks.length >= 2 && ticks.length <= count + 1);
    assert.ok(ticks.every((tick) => tick >= low - 1e-9 * high && tick <= high + 1e-9 * high));
    const size = ticks[1] - ticks[0];
    assert.ok([1, 2, 2.5, 5, 10].includes(Number((size / 10 ** Math.floor(Math.log10(size) + 1e-9)).toPrecision(6))));
  }
});

test('a range without width has a tick', () => {
  assert.deepEqual(niceTicks(3, 3, 4), [3]);
});

test('decades are at most six, the last one among them', () => {
  const ticks = decades(1e-10, 1e3);
  assert.ok(ticks.length <= 6);
  assert.deepEqual(ticks[0], [1000, '10³']);
  assert.ok(ticks.every(([value]) => value >= 1e-10 && value <= 1e3));
});

test('within a decade the ticks are at 1, 2 and 5', () => {
  assert.deepEqual(decades(0.15, 0.9), [[0.2, '0.2'], [0.5, '0.5']]);
});

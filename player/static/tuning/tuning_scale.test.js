import assert from 'node:assert/strict';
import test from 'node:test';
import { movedBy, placeOf, planeScale, valueAt } from './tuning_scale.js';

const RATES = { values: [0.01, 0.1, 1, 10], log: true, whole: false };
const SIZES = { values: [1, 2, 4, 8, 16], log: true, whole: true };
const MOMENTA = { values: [0, 0.25, 0.5, 0.75], log: false, whole: false };

test('a value lies among its cells, and the value there is it', () => {
  for (const axis of [RATES, SIZES, MOMENTA]) {
    axis.values.forEach((value, cell) => {
      assert.ok(Math.abs(placeOf(axis, value) - cell) < 1e-9);
      assert.equal(valueAt(axis, cell), value);
    });
  }
  assert.ok(Math.abs(placeOf(RATES, Math.sqrt(0.1)) - 1.5) < 1e-9);
});

test('a value beyond goes on as between the last two, a place beyond stays on the axis', () => {
  assert.ok(Math.abs(placeOf(RATES, 1000) - 5) < 1e-9);
  assert.deepEqual([valueAt(RATES, 9), valueAt(RATES, -9)], [10, 0.01]);
});

test('whole numbers stay whole', () => {
  assert.equal(valueAt(SIZES, 2.3), 5);
});

test('a pixel is where its values are', () => {
  const scale = planeScale({ axes: [RATES, MOMENTA], rows: 4, columns: 4 }, 500, 400);
  for (const [x, y] of [[0.1, 0.25], [1, 0.5]]) assert.deepEqual(scale.point(scale.x(x), scale.y(y)), [x, y]);
});

test('an arrow goes to the middle of the next cell, whichever way it came', () => {
  assert.deepEqual(movedBy({ axes: [RATES, MOMENTA] }, [0.15, 0.25], [1, 0]), [1, 0.25]);
  assert.deepEqual(movedBy({ axes: [RATES, MOMENTA] }, [0.15, 0.25], [-1, 0]), [0.1, 0.25]);
  assert.deepEqual(movedBy({ axes: [RATES, MOMENTA] }, [10, 0.75], [5, 5]), [10, 0.75]);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { segments } from './contours.js';

const SIZE = 41;
/** A function of two numbers from −1 to 1 on a grid. */
const gridOf = (f) => ({ columns: SIZE, rows: SIZE, values: Float64Array.from({ length: SIZE ** 2 }, (_, i) => f(at(i % SIZE), at(Math.floor(i / SIZE)))) });
const at = (cell) => (2 * cell) / (SIZE - 1) - 1;

test('the contour of a bowl is a circle', () => {
  const pieces = segments(gridOf((x, y) => x ** 2 + y ** 2), [0.49]);
  const radii = pieces.flatMap(([x1, y1, x2, y2]) => [Math.hypot(at(x1), at(y1)), Math.hypot(at(x2), at(y2))]);
  assert.ok(pieces.length > SIZE);
  assert.ok(radii.every((radius) => Math.abs(radius - 0.7) < 1e-3));
  const length = pieces.reduce((sum, [x1, y1, x2, y2]) => sum + Math.hypot(at(x2) - at(x1), at(y2) - at(y1)), 0);
  assert.ok(Math.abs(length / (2 * Math.PI * 0.7) - 1) < 1e-2);
});

test('the contour of a slope is one straight line', () => {
  const pieces = segments(gridOf((x) => x), [0.33]);
  assert.equal(pieces.length, SIZE - 1);
  assert.ok(pieces.every(([x1, , x2]) => Math.abs(at(x1) - 0.33) < 1e-9 && Math.abs(at(x2) - 0.33) < 1e-9));
});

test('a cell with a saddle has two pieces', () => {
  assert.equal(segments({ columns: 2, rows: 2, values: Float64Array.of(1, 0, 0, 1) }, [0.5]).length, 2);
});

test('what no level crosses has none', () => {
  assert.deepEqual(segments(gridOf(() => 3), [1, 2, 3, 4]), []);
});

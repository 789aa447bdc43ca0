import assert from 'node:assert/strict';
import test from 'node:test';
import { basinScale } from './basins_scale.js';

test('a pixel is where its point is, and none lies beyond the map', () => {
  const scale = basinScale([[-2, 2], [-1, 3]], 300);
  for (const point of [[-2, -1], [0, 1], [1.5, 2.5]]) assert.deepEqual(scale.point(scale.x(point[0]), scale.y(point[1])), point);
  assert.deepEqual(scale.point(-100, 9999), [-2, -1]);
});

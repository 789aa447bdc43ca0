import assert from 'node:assert/strict';
import test from 'node:test';
import { fitDomain, frame, isZoomed, pan, toPoint, toX, toY, zoom } from './frame.js';
import { setLandscape } from './store.js';

const DOMAIN = [[-2, 2], [-1, 3]];

test.beforeEach(() => {
  setLandscape({ domain: DOMAIN });
  Object.assign(frame, { width: 800, height: 700 });
  fitDomain();
});

const close = (one, other) => one.forEach((value, i) => assert.ok(Math.abs(value - other[i]) < 1e-4, `${one} is not ${other}`));

test('a pixel is where its point is', () => {
  for (const point of [[0, 0], [-1.5, 2.75], [2, -1]]) close(toPoint(toX(point[0]), toY(point[1])), point);
});

test('outside the picture a point is at its edge', () => {
  assert.deepEqual(toPoint(-50, -50), [-2, 3]);
  assert.deepEqual(toPoint(5000, 5000), [2, -1]);
});

test('the point under the hand stays there while it zooms', () => {
  const [px, py] = [300, 200];
  const before = toPoint(px, py);
  zoom(3, px, py);
  assert.ok(isZoomed());
  close(toPoint(px, py), before);
  fitDomain();
  assert.ok(!isZoomed());
});

test('a pan moves all by so many pixels, and the domain stays as it is', () => {
  const before = [toX(1), toY(1)];
  pan(12, -7);
  close([toX(1), toY(1)], [before[0] + 12, before[1] - 7]);
  assert.deepEqual(DOMAIN, [[-2, 2], [-1, 3]]);
});

test('zooming has an end both ways', () => {
  for (let i = 0; i < 100; i++) zoom(2, 400, 300);
  assert.ok(frame.x[1] - frame.x[0] >= 4 / 1e4 - 1e-12);
  for (let i = 0; i < 100; i++) zoom(0.5, 400, 300);
  assert.ok(frame.x[1] - frame.x[0] <= 4 * 4 + 1e-9);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { between, strokeRun, thinned } from './canvas.js';

/** A context that notes each call. */
function recorder() {
  const calls = [];
  const context = new Proxy({}, { get: (_, name) => (...values) => calls.push([name, ...values]), set: () => true });
  return { calls, context };
}

test('between two steps a run lies between, past its end at the end', () => {
  const values = [0, 10, 30];
  assert.deepEqual([0, 0.5, 1.25, 2, 9].map((step) => between(values, step)), [0, 5, 15, 30, 30]);
});

test('repeated pixels are left out, both ends stay', () => {
  const line = thinned([0, 0.1, 0.2, 5, 5.1], [0, 0, 0, 0, 0]);
  assert.deepEqual(line, { at: [0, 3, 4], x: [0, 5, 5.1], y: [0, 0, 0] });
});

test('points far off are drawn in', () => {
  const line = thinned([0, 1e9], [0, -1e9]);
  assert.deepEqual([line.x[1], line.y[1]], [4000, -4000]);
});

test('a run is drawn up to the step, then to its head', () => {
  const { calls, context } = recorder();
  const line = { at: [0, 3, 7], x: [0, 30, 70], y: [0, 0, 0] };
  strokeRun(context, line, 4, [40, 0], { colour: 'red', dash: [2], casing: 'white', width: 2 });
  const places = calls.filter(([name]) => name === 'lineTo').map(([, x]) => x);
  assert.deepEqual(places, [30, 70, 30, 40]); // all of it, then as far as the head
  assert.deepEqual(calls.filter(([name]) => name === 'setLineDash').map(([, dash]) => dash), [[], [], [], [], [2], []]);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { scaled } from './rate_scale.js';

const raceOf = (...rates) => ({ racers: [{ rate: Float64Array.from(rates) }], steps: rates.length - 1 });

test('a pixel is where its step and rate are', () => {
  for (const race of [raceOf(0.1, 0.08, 0.05), raceOf(1, 0.1, 0.01, 0.001)]) {
    const scale = scaled(race, 400, 200);
    for (let step = 0; step <= race.steps; step++) {
      const rate = race.racers[0].rate[step];
      assert.ok(Math.abs(scale.step(scale.x(step)) - step) < 1e-9);
      assert.ok(Math.abs(scale.value(scale.y(rate)) / rate - 1) < 1e-9);
    }
  }
});

test('wide ranges are logarithmic, unless a rate falls to nothing', () => {
  assert.deepEqual([raceOf(1, 0.1, 0.01, 0.001), raceOf(1, 0.9), raceOf(1, 0.1, 0.01, 0)].map((race) => scaled(race, 400, 200).log), [true, false, false]);
});

test('there is room above, to drag a handle up', () => {
  assert.ok(scaled(raceOf(0.5, 0.4), 400, 200).high > 0.5);
});

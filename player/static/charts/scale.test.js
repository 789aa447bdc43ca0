import assert from 'node:assert/strict';
import test from 'node:test';
import { along, columnsOf, evaluations, scaled } from './scale.js';

const numbers = (...values) => Float64Array.from(values);
const racerOf = (columns, { size = 10, samples = 10 } = {}) => {
  const steps = columns.height.length - 1;
  const rate = numbers(...columns.height.map(() => 0.1));
  return { name: 'one', steps, size, samples, x: rate, y: rate, gradient: rate, rate, stability_threshold: 2, ...columns };
};
const raceOf = (...racers) => ({ racers, steps: Math.max(...racers.map(({ steps }) => steps)) });
const DECAY = numbers(100, 10, 1, 0.1, 0.01);

test('shares go there and back, in differences and in ratios', () => {
  for (const [low, high, log] of [[2, 8, false], [1e-3, 10, true]]) {
    const { share, value } = along(low, high, log);
    assert.deepEqual([share(low), share(high)], [0, 1]);
    for (const part of [0.2, 0.5, 0.9]) assert.ok(Math.abs(share(value(part)) - part) < 1e-12);
  }
});

test('an epoch evaluates every sample once, though its last batch is smaller', () => {
  const racer = { size: 4, samples: 10 };
  assert.deepEqual([0, 1, 2, 3, 4].map((step) => evaluations(racer, step)), [0, 4, 8, 10, 14]);
});

test('the step under a pixel is the one that is drawn there', () => {
  const race = raceOf(racerOf({ height: DECAY }, { size: 5 }), racerOf({ height: DECAY }), racerOf({ height: DECAY }, { size: 4 }));
  for (const cost of ['step', 'epoch', 'gradient']) {
    const scale = scaled(race, 'height', cost, 400, 200);
    race.racers.forEach((racer, i) => {
      const off = i === 2 ? 1 : 0; // its last batch of an epoch is smaller, and read as if it were as large
      for (let step = 1; step <= racer.steps; step++) assert.ok(Math.abs(scale.stepAt(racer, scale.xOf(racer, step)) - step) <= off);
    });
  }
});

test('a loss is on a log scale, the lowest last', () => {
  const scale = scaled(raceOf(racerOf({ height: DECAY })), 'height', 'step', 400, 200);
  assert.ok(scale.log && scale.low <= 0.01 && scale.high >= 100);
  const gaps = [...DECAY].slice(1).map((loss, i) => scale.y(loss) - scale.y(DECAY[i]));
  assert.ok(gaps.every((gap) => Math.abs(gap - gaps[0]) < 1e-9));
});

test('a run that blew up presses the others not flat', () => {
  const blown = numbers(100, 1e40, 1e80, 1e120, 1e160);
  const scale = scaled(raceOf(racerOf({ height: DECAY }), racerOf({ height: blown })), 'height', 'step', 400, 200);
  assert.ok(scale.high < 1e6);
});

test('a rate that hardly changes is on a linear scale from nothing', () => {
  const constant = scaled(raceOf(racerOf({ height: DECAY })), 'rate', 'step', 400, 200);
  assert.deepEqual([constant.low, constant.log], [0, false]);
  const falling = scaled(raceOf(racerOf({ height: DECAY, rate: DECAY })), 'rate', 'step', 400, 200);
  assert.equal(falling.log, true);
});

test('without an effective rate of its own a racer shows its rate, and no other column', () => {
  const racer = racerOf({ height: DECAY });
  assert.deepEqual(['effective', 'sharpness', 'height'].map((name) => columnsOf(racer, name)), [['rate'], [], ['height']]);
});

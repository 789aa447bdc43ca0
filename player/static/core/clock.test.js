import assert from 'node:assert/strict';
import test from 'node:test';
import { nextPlayhead, paints, revisions } from './clock.js';
import { setLandscape, setRace, state } from './store.js';

test('a short run takes sixteen steps a second, a long one twelve seconds', () => {
  assert.equal(nextPlayhead({ playhead: 0, speed: 1, loop: false }, 100, 0.5), 8);
  assert.equal(nextPlayhead({ playhead: 0, speed: 1, loop: false }, 1200, 1), 100);
  assert.equal(nextPlayhead({ playhead: 3, speed: 0.5, loop: false }, 100, 1), 11);
});

test('at the end it stops, or shows the end once and begins anew', () => {
  assert.equal(nextPlayhead({ playhead: 99, speed: 1, loop: false }, 100, 1), null);
  assert.equal(nextPlayhead({ playhead: 99, speed: 1, loop: true }, 100, 1), 100);
  assert.equal(nextPlayhead({ playhead: 100, speed: 1, loop: true }, 100, 1), 0);
});

test('views paint when something changed, and no more once they are gone', () => {
  const frames = [];
  globalThis.requestAnimationFrame = (tick) => frames.push(tick);
  const next = (now) => frames.splice(0).forEach((tick) => tick(now));
  let painted = 0;
  const off = paints(() => (painted += 1));
  next(0);
  assert.equal(painted, 0); // there is no race yet
  setLandscape({});
  setRace({ steps: 10, racers: [] }, { playing: false, playhead: 0 });
  next(10);
  next(20);
  assert.deepEqual([painted, revisions()], [1, 1]);
  setRace({ steps: 8, racers: [] }, { playing: true, playhead: 7.9 });
  next(30);
  next(130);
  assert.deepEqual([state.playing, state.playhead], [false, 8]); // it has reached the end
  const before = painted;
  off();
  next(140);
  next(150);
  assert.deepEqual([painted, frames.length], [before, 0]);
});

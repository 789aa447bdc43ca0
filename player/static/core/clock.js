/** Sixty times a second: move the playhead, and let the views paint if anything changed. */
import { emit, on, seek, state } from './store.js';

const SHORTEST = 16; // steps a second at 1×
const LONGEST = 12; // seconds a whole run takes at most, at 1×

const painters = new Set();
let before = 0;
let running = false;
let fresh = false;
let revision = 0;

on('race', () => {
  fresh = true;
});

/** Let `paint` draw whenever something changed; returns what takes it off again. */
export function paints(paint) {
  painters.add(paint);
  if (!running) {
    running = true;
    requestAnimationFrame(tick);
  }
  return () => painters.delete(paint);
}

/** How many times new paths have been painted. */
export const revisions = () => revision;

function tick(now) {
  running = painters.size > 0;
  if (!running) return;
  requestAnimationFrame(tick);
  if (state.playing && state.race) advance(Math.min(now - before, 100) / 1000);
  before = now;
  if (!state.dirty || !state.race || !state.landscape) return;
  state.dirty = false;
  const painted = fresh;
  if (painted) revision += 1;
  fresh = false;
  painters.forEach((paint) => paint());
  if (painted) emit('painted', revision);
}

function advance(seconds) {
  const { steps } = state.race;
  const pace = Math.max(SHORTEST, steps / LONGEST) * state.speed;
  const next = state.playhead + pace * seconds;
  if (next < steps) return seek(next);
  if (state.loop) return seek(state.playhead >= steps ? 0 : steps);
  seek(steps);
  state.playing = false;
  return emit('play');
}

/** Sixty times a second: move the playhead, and let the views paint if anything changed. */
import { on, takeRepaint } from './events.js';
import { currentRace, pauseAt, seek, state } from './store.js';

const SLOWEST = 16; // steps a second at 1×
const LONGEST_S = 12; // a whole run takes at most, at 1×

/** @type {Set<() => void>} */
const painters = new Set();
let before = 0;
let running = false;
let fresh = false;
let revision = 0;

on('race', () => {
  fresh = true;
});

/**
 * Call `paint` whenever something has changed. Returns a function that removes it.
 * @type {(paint: () => void) => () => void}
 */
export function paints(paint) {
  painters.add(paint);
  if (!running) {
    running = true;
    requestAnimationFrame(tick);
  }
  return () => {
    painters.delete(paint);
  };
}

/** How many times new paths have been painted. */
export const revisions = () => revision;

/** @type {(now: number) => void} */
function tick(now) {
  running = painters.size > 0;
  if (!running) return;
  requestAnimationFrame(tick);
  if (state.playing && state.race) advance(Math.min(now - before, 100) / 1000);
  before = now;
  if (!state.race || !state.landscape || !takeRepaint()) return;
  if (fresh) revision += 1;
  fresh = false;
  painters.forEach((paint) => paint());
}

/** @type {(seconds: number) => void} */
function advance(seconds) {
  const { steps } = currentRace();
  const next = nextPlayhead(state, steps, seconds);
  if (next !== null) seek(next);
  else pauseAt(steps);
}

/**
 * Where the playhead is after some seconds; null where the run has ended.
 * @type {(playback: {playhead: number, speed: number, loop: boolean}, steps: number, seconds: number) => number | null}
 */
export function nextPlayhead({ playhead, speed, loop }, steps, seconds) {
  const next = playhead + Math.max(SLOWEST, steps / LONGEST_S) * speed * seconds;
  if (next < steps) return next;
  if (!loop) return null;
  return playhead >= steps ? 0 : steps;
}

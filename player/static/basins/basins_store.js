/** Which pair of maps is shown: the fine one if it belongs to the present settings, else the coarse one. */
import { asking } from '../core/asking.js';
import { emit, on } from '../core/store.js';

const HELD = 150; // milliseconds without a new race while a hand is on a slider, then the settings are at rest
const FREE = 20; // the same once the hand let go
const POLL = 100; // between two questions how far the maps are

const fresh = () => ({ wanted: null, coarse: null, fine: null, pair: null, working: null, since: 0 });
const kept = fresh();
const isMissing = () => kept.wanted !== null && kept.fine?.stamp !== kept.wanted;
const asked = asking(() => (isMissing() ? kept.wanted : null));
let hands = 0;

/** @returns {import('./basins_types.js').Pair | null} */
export const shownPair = () => kept.pair;

/** Whether the maps shown belong to other settings than the present ones. */
export const isBehind = () => kept.pair !== null && kept.pair.stamp !== kept.wanted;

/** How much of the fine maps is done, 0 to 1; null if they are there. */
export const progress = () => (isMissing() ? (kept.working ?? 0) : null);

/** Who is to be asked for fine maps; returns what takes it back. */
export function asks(question) {
  const stop = asked.by(question);
  settle();
  return () => {
    stop();
    kept.fine = null;
  };
}

/** What the feed brought: which settings are the present ones, and coarse maps of them. */
export function takeCoarse(pair) {
  if (pair.stamp !== kept.wanted) kept.working = null;
  kept.wanted = pair.stamp;
  if (pair.resolution) kept.coarse = pair;
  choose();
  settle();
}

/** What was computed at rest, or how far it is. */
export function takeFine(pair) {
  kept.wanted ??= pair.stamp;
  if (pair.resolution) kept.fine = pair;
  else if (pair.stamp === kept.wanted) kept.working = pair.working;
  choose();
  asked.in(POLL);
}

/** The feed is gone. */
export function forget() {
  Object.assign(kept, fresh(), { fine: kept.fine });
}

function choose() {
  const { fine, coarse, wanted } = kept;
  const found = [fine, coarse].find((pair) => pair && pair.stamp === wanted);
  kept.pair = found ?? kept.pair ?? coarse ?? fine;
  emit('basins');
}

const settle = () => asked.in(hands ? HELD : FREE);

on('race', settle);
for (const [event, count] of [['pointerdown', 1], ['pointerup', 0], ['pointercancel', 0]]) {
  window.addEventListener(event, () => (hands = count), { capture: true });
}
window.addEventListener('pointerup', () => settle());

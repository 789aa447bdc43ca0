/** Which pair of maps is shown: the fine one if it belongs to the present settings, else the coarse one. */
import { poll } from '../core/poll.js';
import { emit, on } from '../core/store.js';

const HELD = 150; // milliseconds without a new race while a hand is on a slider, then the settings are at rest
const FREE = 20; // the same once the hand let go
const POLL = 100; // between two questions how far the maps are

const fresh = () => ({ wanted: null, coarse: null, fine: null, pair: null, working: null, since: 0 });
const store = fresh();
const isMissing = () => store.wanted !== null && store.fine?.stamp !== store.wanted;
const server = poll(() => (isMissing() ? store.wanted : null));
let hands = 0;

/** @returns {import('./basins_types.js').Pair | null} */
export const currentPair = () => store.pair;

/** Whether the maps shown belong to other settings than the present ones. */
export const isBehind = () => store.pair !== null && store.pair.stamp !== store.wanted;

/** How much of the fine maps is done, 0 to 1; null if they are there. */
export const progress = () => (isMissing() ? (store.working ?? 0) : null);

/** Who is to be asked for fine maps; returns what takes it back. */
export function onQuestion(question) {
  const stop = server.by(question);
  settle();
  return () => {
    stop();
    store.fine = null;
  };
}

/** What the feed brought: which settings are the present ones, and coarse maps of them. */
export function receiveCoarse(pair) {
  if (pair.stamp !== store.wanted) store.working = null;
  store.wanted = pair.stamp;
  if (pair.resolution) store.coarse = pair;
  choose();
  settle();
}

/** What was computed at rest, or how far it is. */
export function receiveFine(pair) {
  store.wanted ??= pair.stamp;
  if (pair.resolution) store.fine = pair;
  else if (pair.stamp === store.wanted) store.working = pair.working;
  choose();
  server.in(POLL);
}

/** The feed is gone. */
export function forget() {
  Object.assign(store, fresh(), { fine: store.fine });
}

function choose() {
  const { fine, coarse, wanted } = store;
  const current = [fine, coarse].find((pair) => pair && pair.stamp === wanted);
  store.pair = current ?? store.pair ?? coarse ?? fine;
  emit('basins');
}

const settle = () => server.in(hands ? HELD : FREE);

on('race', settle);
for (const [event, count] of [['pointerdown', 1], ['pointerup', 0], ['pointercancel', 0]]) {
  window.addEventListener(event, () => (hands = count), { capture: true });
}
window.addEventListener('pointerup', () => settle());

/** Which pair of maps is shown: the fine one if it belongs to the present settings, else the coarse one. */
import { poll } from '../core/poll.js';
import { emit, on } from '../core/events.js';

const BUSY_MS = 150; // without a new race while a hand is on a slider, then the settings are at rest
const FREE_MS = 20; // the same once the hand let go
const POLL_MS = 100; // between two questions how far the maps are

/** @import { Pair, PairMessage } from './basins_types.js' */
/**
 * @typedef {object} BasinsStore
 * @property {string | null} wanted the stamp of the present settings
 * @property {Pair | null} coarse
 * @property {Pair | null} fine
 * @property {Pair | null} pair which of them is shown
 * @property {number | null} working how much of the fine maps is done
 */

/** @type {() => BasinsStore} */
const fresh = () => ({ wanted: null, coarse: null, fine: null, pair: null, working: null });
const store = fresh();
const isMissing = () => store.wanted !== null && store.fine?.stamp !== store.wanted;
const server = poll(() => (isMissing() ? store.wanted : null));
let isHandDown = false;

/** @type {() => Pair | null} */
export const currentPair = () => store.pair;

/** Whether the maps shown belong to other settings than the present ones. */
export const isBehind = () => store.pair !== null && store.pair.stamp !== store.wanted;

/** The finished part of the fine maps, 0 to 1; null if they are ready. */
export const progress = () => (isMissing() ? (store.working ?? 0) : null);

/**
 * Set the function that asks the server for fine maps. Returns a function that removes it.
 * @type {(question: import('../core/poll.js').Question) => () => void}
 */
export function onQuestion(question) {
  const stop = server.connect(question);
  settle();
  return () => {
    stop();
    store.fine = null;
  };
}

/**
 * What the feed brought: which settings are the present ones, and coarse maps of them.
 * @type {(message: PairMessage) => void}
 */
export function receiveCoarse({ stamp, pair }) {
  if (stamp !== store.wanted) store.working = null;
  store.wanted = stamp;
  if (pair) store.coarse = pair;
  choose();
  settle();
}

/**
 * Receive the maps that were computed once the settings rested, or their finished part.
 * @type {(message: PairMessage) => void}
 */
export function receiveFine(message) {
  store.wanted ??= message.stamp;
  if (message.pair) store.fine = message.pair;
  else if (message.stamp === store.wanted) store.working = message.working;
  choose();
  server.after(POLL_MS);
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

const settle = () => server.after(isHandDown ? BUSY_MS : FREE_MS);

on('race', settle);
for (const event of ['pointerdown', 'pointerup', 'pointercancel']) {
  window.addEventListener(event, () => (isHandDown = event === 'pointerdown'), { capture: true });
}
window.addEventListener('pointerup', () => settle());

/** The tuning map that is shown: that of the present settings, or else the last one, marked as out of date. */
import { poll } from '../core/poll.js';
import { emit, on } from '../core/events.js';

const FIRST = 450; // milliseconds until the map is asked for: the page around it is done by then
const POLL = 300; // between two questions how far it is

/** @import { Plane, PlaneMessage } from './tuning_types.js' */
/** @typedef {{wanted: string | null, plane: Plane | null, working: number | null}} TuningStore */

/** @type {() => TuningStore} */
const fresh = () => ({ wanted: null, plane: null, working: null });
const store = fresh();
const isMissing = () => store.wanted !== null && store.plane?.stamp !== store.wanted;
const server = poll(() => (isMissing() ? store.wanted : null));

/** @type {() => Plane | null} */
export const currentPlane = () => store.plane;

/** Whether the map shown belongs to other settings than the present ones. */
export const isBehind = () => store.plane !== null && store.plane.stamp !== store.wanted;

/** The finished part of the map, 0 to 1; null if the map is ready. */
export const progress = () => (isMissing() ? (store.working ?? 0) : null);

/**
 * Set the function that asks the server for the map. Returns a function that removes it.
 * @type {(question: import('../core/poll.js').Question) => () => void}
 */
export function onQuestion(question) {
  const stop = server.connect(question);
  server.after(POLL);
  return () => {
    stop();
    Object.assign(store, fresh());
  };
}

/**
 * Receive a message of the feed, which knows the present settings.
 * @type {(message: PlaneMessage) => void}
 */
export function receiveLive(message) {
  store.wanted = message.stamp;
  receive(message);
}

/**
 * Receive the map that was computed once the settings rested, or its finished part.
 * @type {(message: PlaneMessage) => void}
 */
export function receiveAnswer(message) {
  store.wanted ??= message.stamp;
  if (message.stamp === store.wanted) receive(message);
}

/** @type {(message: PlaneMessage) => void} */
function receive(message) {
  if (message.plane) store.plane = message.plane;
  store.working = message.plane ? null : message.working;
  emit('tuning');
  server.after(POLL);
}

on('race', () => server.after(FIRST));

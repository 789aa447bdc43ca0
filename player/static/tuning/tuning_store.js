/** Which tuning map is shown: the one that belongs to the present settings, else the last one, marked as behind. */
import { poll } from '../core/poll.js';
import { emit, on } from '../core/store.js';

const FIRST = 450; // milliseconds until the map is asked for: the page around it is done by then
const POLL = 300; // between two questions how far it is

const fresh = () => ({ wanted: null, plane: null, working: null });
const store = fresh();
const isMissing = () => store.wanted !== null && store.plane?.stamp !== store.wanted;
const server = poll(() => (isMissing() ? store.wanted : null));

/** @returns {import('./tuning_types.js').Plane | null} */
export const currentPlane = () => store.plane;

/** Whether the map shown belongs to other settings than the present ones. */
export const isBehind = () => store.plane !== null && store.plane.stamp !== store.wanted;

/** How much of the map is done, 0 to 1; null if it is there. */
export const progress = () => (isMissing() ? (store.working ?? 0) : null);

/** Who is to be asked for the map; returns what takes it back. */
export function onQuestion(question) {
  const stop = server.by(question);
  server.in(POLL);
  return () => {
    stop();
    Object.assign(store, fresh());
  };
}

/** What the feed brought, which knows the present settings. */
export function receiveLive(plane) {
  store.wanted = plane.stamp;
  receive(plane);
}

/** What was computed at rest, or how far it is. */
export function receiveAnswer(plane) {
  store.wanted ??= plane.stamp;
  if (plane.stamp === store.wanted) receive(plane);
}

function receive(plane) {
  if (plane.rows) store.plane = plane;
  store.working = plane.rows ? null : plane.working;
  emit('tuning');
  server.in(POLL);
}

on('race', () => server.in(FIRST));

/** Which tuning map is shown: the one that belongs to the present settings, else the last one, marked as behind. */
import { asking } from '../core/asking.js';
import { emit, on } from '../core/store.js';

const FIRST = 450; // milliseconds until the map is asked for: the page around it is done by then
const POLL = 300; // between two questions how far it is

const fresh = () => ({ wanted: null, plane: null, working: null });
const kept = fresh();
const isMissing = () => kept.wanted !== null && kept.plane?.stamp !== kept.wanted;
const asked = asking(() => (isMissing() ? kept.wanted : null));

/** @returns {import('./tuning_types.js').Plane | null} */
export const shownPlane = () => kept.plane;

/** Whether the map shown belongs to other settings than the present ones. */
export const isBehind = () => kept.plane !== null && kept.plane.stamp !== kept.wanted;

/** How much of the map is done, 0 to 1; null if it is there. */
export const progress = () => (isMissing() ? (kept.working ?? 0) : null);

/** Who is to be asked for the map; returns what takes it back. */
export function asks(question) {
  const stop = asked.by(question);
  asked.in(POLL);
  return () => {
    stop();
    Object.assign(kept, fresh());
  };
}

/** What the feed brought, which knows the present settings. */
export function takeLive(plane) {
  kept.wanted = plane.stamp;
  take(plane);
}

/** What was computed at rest, or how far it is. */
export function takeAsked(plane) {
  kept.wanted ??= plane.stamp;
  if (plane.stamp === kept.wanted) take(plane);
}

function take(plane) {
  if (plane.rows) kept.plane = plane;
  kept.working = plane.rows ? null : plane.working;
  emit('tuning');
  asked.in(POLL);
}

on('race', () => asked.in(FIRST));

/** What all views share: the landscape, the race, the playhead; and who wants to know when they change. */

/**
 * @type {{landscape: import('./types.js').Stage | null, race: import('./types.js').Race | null, playhead: number,
 *   playing: boolean, speed: number, loop: boolean, dirty: boolean, dragged: boolean,
 *   field: boolean, inspecting: boolean, following: boolean, anatomy: import('./types.js').Anatomy | null,
 *   chosen: number, batchSurface: boolean, data: import('./types.js').Data | null, orders: import('./types.js').Orders | null,
 *   offline: boolean, cost: 'step' | 'epoch' | 'gradient', hover: {racer: number, step: number} | null, start: [number, number] | null,
 *   place: [number, number] | null,
 *   beside: (() => {canvas: HTMLCanvasElement, width: number, height: number} | null) | null}}
 */
export const state = {
  landscape: null,
  race: null,
  playhead: 0,
  playing: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  speed: 1,
  loop: false,
  hover: null,
  start: null,
  place: null,
  beside: null, // a picture that belongs beside the map in an export
  dirty: true,
  cost: 'step',
  dragged: false,
  offline: false, // no server to run the race again
  field: false,
  inspecting: false,
  following: false,
  anatomy: null,
  chosen: 0,
  batchSurface: true,
  data: null,
  orders: null,
};

const listeners = new Map();

/** Call `listener` at every `event`; returns what takes it off again. */
export function on(event, listener) {
  if (!listeners.has(event)) listeners.set(event, new Set());
  listeners.get(event).add(listener);
  return () => listeners.get(event).delete(listener);
}

/** Tell everybody who listens to `event`. */
export function emit(event, value) {
  state.dirty = true;
  listeners.get(event)?.forEach((listener) => listener(value));
}

/** Move the playhead to a step, which may lie between two; the views follow. */
export function seek(step) {
  state.playhead = Math.max(0, Math.min(step, state.race?.steps ?? 0));
  emit('seek');
}

/** Play or pause; playing from the end starts over. */
export function play(playing) {
  if (playing && state.race && state.playhead >= state.race.steps) seek(0);
  state.playing = playing;
  emit('play');
}

/** The step under the playhead, whole. */
export const step = () => Math.floor(state.playhead + 1e-9);

/** Whether the race is only shown: its start stays where it is, and no update is taken apart. */
export const isFixed = () => state.offline || Boolean(state.race?.fixed);

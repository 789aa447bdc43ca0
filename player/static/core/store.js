/**
 * The state that all views share: the landscape, the race, the playhead.
 * Only this module writes `state`: each change has a function here.
 */

import { emit, requestRepaint } from './events.js';

/** @import { LandscapePayload } from '../wire/messages.js' */
/** @import { Anatomy, Cost, Data, Hover, Orders, Point, Race, State } from './types.js' */

/** @type {State} */
const values = {
  landscape: null,
  race: null,
  playhead: 0,
  playing: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  speed: 1,
  loop: false,
  hover: null,
  start: null,
  place: null,
  beside: null,
  cost: 'step',
  dragged: false,
  offline: false,
  field: false,
  inspecting: false,
  following: false,
  anatomy: null,
  chosen: 0,
  batchSurface: true,
  data: null,
  orders: null,
};

/** @type {Readonly<State>} */
export const state = values;

/**
 * The race. Call it only while there is one, as in painters.
 * @type {() => Race}
 */
export function currentRace() {
  if (!state.race) throw new Error('There is no race yet.');
  return state.race;
}

/**
 * The landscape. Call it only while there is one, as in painters.
 * @type {() => LandscapePayload}
 */
export function currentLandscape() {
  if (!state.landscape) throw new Error('There is no landscape yet.');
  return state.landscape;
}

/** The step under the playhead, whole. */
export const step = () => Math.floor(state.playhead + 1e-9);

/** Whether the race is only shown: its start stays where it is, and no update is taken apart. */
export const isFixed = () => state.offline || Boolean(state.race?.fixed);

/**
 * Another race, or none. `restart`: it begins anew, at the playhead that comes with it.
 * @type {(race: Race | null, restart?: {playing: boolean, playhead: number} | null) => void}
 */
export function setRace(race, restart = null) {
  values.race = race;
  if (!race) return;
  if (restart) {
    values.playing = restart.playing;
    seek(restart.playhead);
    emit('play');
  }
  values.playhead = Math.min(state.playhead, race.steps);
  emit('race');
}

/** @type {(landscape: LandscapePayload | null) => void} */
export function setLandscape(landscape) {
  values.landscape = landscape;
}

/**
 * Move the playhead to a step, which may lie between two; the views follow.
 * @type {(step: number) => void}
 */
export function seek(to) {
  values.playhead = Math.max(0, Math.min(to, state.race?.steps ?? 0));
  emit('seek');
}

/**
 * Play or pause; playing from the end starts over.
 * @type {(playing: boolean) => void}
 */
export function play(playing) {
  if (playing && state.race && state.playhead >= state.race.steps) seek(0);
  values.playing = playing;
  emit('play');
}

/**
 * Pause at a step.
 * @type {(step: number) => void}
 */
export function pauseAt(to) {
  values.playing = false;
  seek(to);
  emit('play');
}

/** @type {(speed: number) => void} */
export function setSpeed(speed) {
  values.speed = speed;
}

export function toggleLoop() {
  values.loop = !state.loop;
  emit('play');
}

/** @type {(hover: Hover | null) => void} */
export function setHover(hover) {
  values.hover = hover;
  requestRepaint();
}

/**
 * A hand moves the start.
 * @type {(start: Point) => void}
 */
export function dragStart(start) {
  values.start = start;
  values.dragged = true;
  requestRepaint();
}

/**
 * Where the start is shown while no hand moves it: with the race for null.
 * @type {(start: Point | null) => void}
 */
export function setStart(start) {
  values.start = start;
}

/** @type {(place: Point | null) => void} */
export function setPlace(place) {
  values.place = place;
  requestRepaint();
}

/** @type {(picture: State['beside']) => void} */
export function setPictureBeside(picture) {
  values.beside = picture;
}

/** @type {(cost: Cost) => void} */
export function setCost(cost) {
  values.cost = cost;
  emit('cost');
}

/** There is no server. */
export function setOffline() {
  values.offline = true;
}

export function toggleField() {
  values.field = !state.field;
  requestRepaint();
}

/**
 * Open or close the anatomy.
 * @type {(open: boolean) => void}
 */
export function setInspecting(open) {
  values.inspecting = open;
  if (open) values.playing = false;
  emit('play');
}

/**
 * The vectors of an update, and whether the page follows the playhead.
 * @type {(anatomy: Anatomy | null, following: boolean) => void}
 */
export function setAnatomy(anatomy, following) {
  values.anatomy = anatomy;
  values.following = following;
  emit('anatomy');
}

/** The page has no anatomy any more. */
export function clearAnatomy() {
  Object.assign(values, { inspecting: false, following: false, anatomy: null });
}

/**
 * The racer that is looked at closely. `silent`: a race tells everybody anyway.
 * @type {(index: number, silent?: boolean) => void}
 */
export function setChosen(index, silent = false) {
  values.chosen = index;
  if (!silent) emit('chosen');
}

export function toggleBatchSurface() {
  values.batchSurface = !state.batchSurface;
  emit('batch_surface');
}

/** @type {(data: Data | null) => void} */
export function setData(data) {
  values.data = data;
  if (data) emit('data');
}

/** @type {(orders: Orders | null) => void} */
export function setOrders(orders) {
  values.orders = orders;
  if (orders) emit('orders');
}

/**
 * Do something as if other values were the state's, and put the present ones back. Nobody else runs in between.
 * @template T
 * @param {Partial<State>} others
 * @param {() => T} action
 */
export function withState(others, action) {
  const before = { ...values };
  Object.assign(values, others);
  try {
    return action();
  } finally {
    Object.assign(values, before);
  }
}

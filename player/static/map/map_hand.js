/** What hands do on the map, as a reducer: one drags the start or pans, two pinch, a finger far from the start taps. */
import { hasSlipped } from '../core/hand.js';

/** @import { Point } from '../core/types.js' */

/**
 * @typedef {object} MapHands
 * @property {ReadonlyMap<number, Point>} pointers those that are down, and where
 * @property {'start' | 'pan' | 'pinch' | 'tap' | null} mode
 */

/**
 * @typedef {object} MapPress what a pointer did
 * @property {'down' | 'move' | 'up' | 'cancel'} kind
 * @property {number} id
 * @property {Point} at
 * @property {boolean} touch whether it is a finger
 * @property {boolean} near whether it is on the start
 * @property {boolean} pans whether it may only pan
 */

/**
 * @typedef {{kind: 'start', at: Point} | {kind: 'pan', dx: number, dy: number} | {kind: 'read', at: Point}
 *   | {kind: 'pinch', other: Point, before: Point, now: Point} | null} MapEffect
 */

/** @type {MapHands} */
export const NO_HANDS = { pointers: new Map(), mode: null };

/**
 * The hands after a press, and what follows.
 * @type {(hands: MapHands, press: MapPress) => {hands: MapHands, effect: MapEffect}}
 */
export function pressed(hands, press) {
  if (press.kind === 'down') return down(hands, press);
  if (press.kind === 'move') return moved(hands, press);
  const pointers = new Map(hands.pointers);
  pointers.delete(press.id);
  const isTap = hands.mode === 'tap' && press.kind === 'up';
  return { hands: { pointers, mode: pointers.size ? hands.mode : null }, effect: isTap ? { kind: 'start', at: press.at } : null };
}

/** @type {typeof pressed} */
function down(hands, { id, at, touch, near, pans }) {
  const pointers = new Map(hands.pointers).set(id, at);
  const alone = pans ? 'pan' : touch && !near ? 'tap' : 'start';
  const mode = pointers.size === 2 ? 'pinch' : alone;
  return { hands: { pointers, mode }, effect: mode === 'start' ? { kind: 'start', at } : null };
}

/** @type {typeof pressed} */
function moved({ pointers: last, mode }, { id, at, touch }) {
  const before = last.get(id);
  if (!before) return { hands: { pointers: last, mode }, effect: touch ? null : { kind: 'read', at } };
  const pointers = new Map(last).set(id, at);
  const slipped = mode === 'tap' && hasSlipped(before, at);
  return { hands: { pointers, mode: slipped ? null : mode }, effect: effectOf(mode, pointers, id, before, at) };
}

/** @type {(mode: MapHands['mode'], pointers: ReadonlyMap<number, Point>, id: number, before: Point, now: Point) => MapEffect} */
function effectOf(mode, pointers, id, before, now) {
  if (mode === 'start') return { kind: 'start', at: now };
  if (mode === 'pan') return { kind: 'pan', dx: now[0] - before[0], dy: now[1] - before[1] };
  const other = [...pointers].find(([each]) => each !== id);
  return mode === 'pinch' && pointers.size === 2 && other ? { kind: 'pinch', other: other[1], before, now } : null;
}

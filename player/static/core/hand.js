/** What a hand does on a map that is itself the slider, as a reducer: a drag moves at once, a finger far off has to tap. */

/** @import { Point } from './types.js' */

const SLIP = 6; // pixels that a tap may move by

/**
 * @typedef {object} Hand
 * @property {'drag' | 'tap' | null} mode null while none is down, or after one slipped
 * @property {Point} from where it came down
 */

/**
 * @typedef {object} Press what a pointer did
 * @property {'down' | 'move' | 'up' | 'cancel'} kind
 * @property {Point} at
 * @property {boolean} touch whether it is a finger
 * @property {boolean} near whether it is on what is dragged
 */

/** @type {Hand} */
export const NO_HAND = { mode: null, from: [0, 0] };

/**
 * The hand after a press, and what follows: what is dragged goes there, the place there is read, or nothing is.
 * @type {(hand: Hand, press: Press) => {hand: Hand, effect: 'go' | 'read' | 'none'}}
 */
export function pressed(hand, press) {
  if (press.kind === 'down') return down(press);
  if (press.kind === 'move') return moved(hand, press);
  const isTap = hand.mode === 'tap' && press.kind === 'up';
  return { hand: { ...hand, mode: null }, effect: isTap ? 'go' : 'none' };
}

/** @type {(press: Press) => ReturnType<typeof pressed>} */
function down({ at, touch, near }) {
  const isTap = touch && !near;
  return { hand: { mode: isTap ? 'tap' : 'drag', from: at }, effect: isTap ? 'none' : 'go' };
}

/** @type {typeof pressed} */
function moved(hand, { at, touch }) {
  if (hand.mode === 'drag') return { hand, effect: 'go' };
  if (hand.mode === 'tap' && hasSlipped(hand.from, at)) return { hand: { ...hand, mode: null }, effect: 'none' };
  return { hand, effect: touch ? 'none' : 'read' };
}

/** @type {(from: number[], to: number[]) => boolean} */
export const hasSlipped = (from, to) => Math.hypot(to[0] - from[0], to[1] - from[1]) > SLIP;

/** The hand on a map of basins: click or drag moves the start of the race, hovering reads where a start leads. */
import { placeIn } from '../core/dom.js';
import { on, requestRepaint } from '../core/events.js';
import { NO_HAND, pressed } from '../core/hand.js';
import { dragStart, setStart, state } from '../core/store.js';
import { sendStart } from '../wire/feed.js';

/** @import { Press } from '../core/hand.js' */
/** @import { Point } from '../core/types.js' */
/** @import { BasinScale } from './basins_scale.js' */
/** @typedef {{hover: Point | null, start: () => Point}} Shared by the three maps: the point under the hand, and the start */

const GRIP = 26; // pixels from the start that a finger may miss it by

/**
 * Attach the listeners. Returns a function that detaches them.
 * @type {(canvas: HTMLCanvasElement, scaleNow: () => BasinScale | null, shared: Shared) => () => void}
 */
export function attachBasinsHand(canvas, scaleNow, shared) {
  let hand = NO_HAND;
  /** @type {(scale: BasinScale, at: Point) => boolean} */
  const isOnStart = (scale, [px, py]) => {
    const [x, y] = shared.start();
    return Math.hypot(px - scale.x(x), py - scale.y(y)) < GRIP;
  };
  /** @type {(point: Point | null) => void} */
  const hover = (point) => {
    if (String(point) === String(shared.hover)) return;
    shared.hover = point;
    requestRepaint();
  };
  /** @type {(kind: Press['kind']) => (event: PointerEvent) => void} */
  const press = (kind) => (event) => {
    const scale = scaleNow();
    if (!scale || (kind === 'down' && event.button !== 0)) return;
    const at = placeIn(canvas, event);
    const next = pressed(hand, { kind, at, touch: event.pointerType === 'touch', near: isOnStart(scale, at) });
    hand = next.hand;
    if (kind === 'down') canvas.setPointerCapture(event.pointerId);
    if (next.effect === 'go') moveStart(scale.point(...at));
    if (kind === 'down') hover(null);
    else if (next.effect === 'read') hover(isInside(scale, at) ? scale.point(...at) : null);
  };
  /** @type {(event: TouchEvent) => void} */
  const touch = (event) => {
    const [[finger], scale] = [event.touches, scaleNow()];
    if (finger && scale && isOnStart(scale, placeIn(canvas, finger))) event.preventDefault(); // else the page scrolls
  };
  canvas.addEventListener('pointerdown', press('down'));
  canvas.addEventListener('pointermove', press('move'));
  canvas.addEventListener('pointerup', press('up'));
  canvas.addEventListener('pointercancel', press('cancel'));
  canvas.addEventListener('pointerleave', () => hover(null));
  canvas.addEventListener('touchstart', touch, { passive: false });
  return on('race', () => {
    if (hand.mode === 'drag') keepStart();
  });
}

/** @type {(start: Point) => void} */
function moveStart(start) {
  dragStart(start);
  sendStart(start);
}

/** The big map lets go of the start when a race arrives, as its hand does not hold it; ours does. */
function keepStart() {
  const { start } = state;
  if (start) queueMicrotask(() => setStart(state.start ?? start));
}

/** @type {(scale: BasinScale, pixel: Point) => boolean} */
const isInside = ({ box }, [px, py]) => px >= box.left && px <= box.right && py >= box.top && py <= box.bottom;

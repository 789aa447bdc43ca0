/** The hand on the tuning map: drag moves the cross-hair, arrows move it by a cell, a double-click goes to the best one. */
import { placeIn } from '../core/dom.js';
import { on, requestRepaint } from '../core/events.js';
import { NO_HAND, pressed } from '../core/hand.js';
import { setPlace, state } from '../core/store.js';
import { sendPlace } from '../wire/feed.js';
import { cellOf, movedBy } from './tuning_scale.js';

/** @import { Press } from '../core/hand.js' */
/** @import { Point } from '../core/types.js' */
/** @import { PlaneScale } from './tuning_scale.js' */
/** @import { Plane } from './tuning_types.js' */
/** @typedef {{scale: PlaneScale, plane: Plane}} TuningMap */

const GRIP = 28; // pixels from the cross-hair that a finger may miss it by
/** @type {Record<string, Point>} */
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * The place of the settings: the newest one of a drag, else that of the race.
 * @type {() => Point | null}
 */
export const placeNow = () => state.place ?? state.race?.tuned?.place ?? null;

/**
 * Move the settings to a place on the map.
 * @type {(place: Point) => void}
 */
export function goTo(place) {
  setPlace(place);
  sendPlace(place);
}

/**
 * Attach the listeners. Returns a function that detaches them. `shared`: the cell under the pointer, and the focus.
 * @type {(canvas: HTMLCanvasElement, map: () => TuningMap | null, shared: {hover: number, focused: boolean}) => () => void}
 */
export function attachTuningHand(canvas, map, shared) {
  let hand = NO_HAND;
  /** @type {(cell: number) => void} */
  const hover = (cell) => {
    if (cell === shared.hover) return;
    shared.hover = cell;
    requestRepaint();
  };
  /** @type {(kind: Press['kind']) => (event: PointerEvent) => void} */
  const press = (kind) => (event) => {
    const current = map();
    if (!current || (kind === 'down' && (!placeNow() || event.button !== 0))) return;
    const at = placeIn(canvas, event);
    const next = pressed(hand, { kind, at, touch: event.pointerType === 'touch', near: isOnCross(current, at) });
    hand = next.hand;
    if (kind === 'down') canvas.setPointerCapture(event.pointerId);
    if (next.effect === 'go') goTo(current.scale.point(...at));
    if (kind === 'down') hover(-1);
    else if (next.effect === 'read') hover(isInside(current.scale, at) ? cellOf(current.plane, current.scale.point(...at)) : -1);
  };
  /** @type {(focused: boolean) => void} */
  const focus = (focused) => {
    shared.focused = focused && canvas.matches(':focus-visible');
    requestRepaint();
  };
  canvas.addEventListener('pointerdown', press('down'));
  canvas.addEventListener('pointermove', press('move'));
  canvas.addEventListener('pointerup', press('up'));
  canvas.addEventListener('pointercancel', press('cancel'));
  canvas.addEventListener('pointerleave', () => hover(-1));
  canvas.addEventListener('dblclick', () => goToBest(map()));
  canvas.addEventListener('keydown', (event) => step(event, map()));
  canvas.addEventListener('focus', () => focus(true));
  canvas.addEventListener('blur', () => focus(false));
  canvas.addEventListener('touchstart', (event) => keepTouch(canvas, map(), event), { passive: false });
  return on('race', () => {
    if (hand.mode !== 'drag') setPlace(null);
  });
}

/** @type {(map: TuningMap | null) => void} */
function goToBest(map) {
  if (map?.plane.best) goTo(map.plane.best.place);
}

/**
 * An arrow key moves by a cell, with Shift by five.
 * @type {(event: KeyboardEvent, map: TuningMap | null) => void}
 */
function step(event, map) {
  const [place, direction] = [placeNow(), STEPS[event.key]];
  if (!direction || !map || !place || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const far = event.shiftKey ? 5 : 1;
  goTo(movedBy(map.plane, place, [direction[0] * far, direction[1] * far]));
}

/**
 * Keep the page from scrolling under a finger that is on the cross-hair.
 * @type {(canvas: HTMLCanvasElement, map: TuningMap | null, event: TouchEvent) => void}
 */
function keepTouch(canvas, map, event) {
  const [finger] = event.touches;
  if (finger && map && isOnCross(map, placeIn(canvas, finger))) event.preventDefault();
}

/** @type {(map: TuningMap, pixel: Point) => boolean} */
function isOnCross({ scale }, [px, py]) {
  const place = placeNow();
  return place !== null && Math.hypot(px - scale.x(place[0]), py - scale.y(place[1])) < GRIP;
}

/** @type {(scale: PlaneScale, pixel: Point) => boolean} */
const isInside = ({ box }, [px, py]) => px >= box.left && px <= box.left + box.width && py >= box.top && py <= box.top + box.height;

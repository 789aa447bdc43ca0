/** The hand on the tuning map: drag moves the cross-hair, arrows move it by a cell, a double-click goes to the best one. */
import { sendPlace } from '../wire/feed.js';
import { emit, on, state } from '../core/store.js';
import { cellOf, movedBy } from './tuning_scale.js';

const GRIP = 28; // pixels from the cross-hair that a finger may miss it by
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** Where the settings are: the hand's newest place, else that of the race. */
export const placeNow = () => state.place ?? state.race?.tuned?.place ?? null;

/** Go to a place on the map, by whatever hand. */
export function goTo(place) {
  state.place = place;
  sendPlace(place);
  emit('place');
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {() => {scale: any, plane: import('./tuning_types.js').Plane} | null} map
 * @param {{hover: number, focused: boolean}} shared
 * @returns {() => void} what takes the listeners off again
 */
export function attachTuningHand(canvas, map, shared) {
  let mode = null;
  let from = [0, 0];
  const at = ({ clientX, clientY }) => {
    const edge = canvas.getBoundingClientRect();
    return [clientX - edge.left, clientY - edge.top];
  };
  const goToPixel = (pixel) => goTo(map().scale.point(...pixel));
  const onCross = ([px, py]) => {
    const { scale } = map();
    const [x, y] = placeNow();
    return Math.hypot(px - scale.x(x), py - scale.y(y)) < GRIP;
  };
  const hover = (cell) => {
    if (cell === shared.hover) return;
    shared.hover = cell;
    emit('place');
  };
  const down = (event) => {
    if (!map() || !placeNow() || event.button !== 0) return;
    from = at(event);
    mode = event.pointerType === 'touch' && !onCross(from) ? 'tap' : 'drag';
    canvas.setPointerCapture(event.pointerId);
    if (mode === 'drag') goToPixel(from);
    hover(-1);
  };
  const move = (event) => {
    if (!map()) return;
    const pixel = at(event);
    if (mode === 'drag') goToPixel(pixel);
    else if (mode === 'tap' && Math.hypot(pixel[0] - from[0], pixel[1] - from[1]) > 6) mode = null;
    else if (event.pointerType !== 'touch') hover(isInside(map().scale, pixel) ? cellOf(map().plane, map().scale.point(...pixel)) : -1);
  };
  const up = (event) => {
    if (mode === 'tap' && event.type === 'pointerup') goToPixel(at(event));
    mode = null;
  };
  const keys = (event) => {
    const step = STEPS[event.key];
    if (!step || !map() || !placeNow() || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const far = event.shiftKey ? 5 : 1;
    goTo(movedBy(map().plane, placeNow(), step.map((part) => part * far)));
  };
  const touch = (event) => {
    const [finger] = event.touches;
    if (finger && map() && placeNow() && onCross(at(finger))) event.preventDefault(); // else the page scrolls
  };
  const focus = (focused) => {
    shared.focused = focused && canvas.matches(':focus-visible');
    emit('place');
  };
  const listeners = {
    pointerdown: down,
    pointermove: move,
    pointerup: up,
    pointercancel: up,
    pointerleave: () => hover(-1),
    dblclick: () => map()?.plane.best && goTo(map().plane.best.place),
    keydown: keys,
    focus: () => focus(true),
    blur: () => focus(false),
  };
  Object.entries(listeners).forEach(([name, listener]) => canvas.addEventListener(name, listener));
  canvas.addEventListener('touchstart', touch, { passive: false });
  return on('race', () => {
    if (mode !== 'drag') state.place = null;
  });
}

const isInside = ({ box }, [px, py]) => px >= box.left && px <= box.left + box.width && py >= box.top && py <= box.top + box.height;

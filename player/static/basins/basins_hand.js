/** The hand on a map of basins: click or drag moves the start of the race, hovering reads where a start leads. */
import { sendStart } from '../wire/feed.js';
import { emit, on, state } from '../core/store.js';

const GRIP = 26; // pixels from the start that a finger may miss it by

/**
 * @param {HTMLCanvasElement} canvas
 * @param {() => ReturnType<import('./basins_scale.js').basinScale> | null} scale
 * @param {{hover: number[] | null, start: () => number[]}} shared
 * @returns {() => void} what takes the listeners off again
 */
export function attachBasinsHand(canvas, scale, shared) {
  let mode = null;
  let from = [0, 0];
  const place = ({ clientX, clientY }) => {
    const edge = canvas.getBoundingClientRect();
    return [clientX - edge.left, clientY - edge.top];
  };
  const moveTo = (at) => {
    state.start = scale().point(...at);
    state.dragged = true;
    sendStart(state.start);
    emit('start');
  };
  const onStart = ([px, py]) => {
    const [x, y] = shared.start();
    return Math.hypot(px - scale().x(x), py - scale().y(y)) < GRIP;
  };
  const hover = (point) => {
    if (String(point) === String(shared.hover)) return;
    shared.hover = point;
    emit('basins_hover');
  };
  const down = (event) => {
    if (!scale() || event.button !== 0) return;
    const at = place(event);
    from = at;
    mode = event.pointerType === 'touch' && !onStart(at) ? 'tap' : 'start';
    canvas.setPointerCapture(event.pointerId);
    if (mode === 'start') moveTo(at);
    hover(null);
  };
  const move = (event) => {
    if (!scale()) return;
    const at = place(event);
    if (mode === 'start') moveTo(at);
    else if (mode === 'tap' && Math.hypot(at[0] - from[0], at[1] - from[1]) > 6) mode = null;
    else if (event.pointerType !== 'touch') hover(isInside(scale(), at) ? scale().point(...at) : null);
  };
  const up = (event) => {
    if (mode === 'tap' && event.type === 'pointerup') moveTo(place(event));
    mode = null;
  };
  const touch = (event) => {
    const [finger] = event.touches;
    if (finger && scale() && onStart(place(finger))) event.preventDefault(); // else the page scrolls
  };
  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up, pointerleave: () => hover(null) };
  Object.entries(listeners).forEach(([name, listener]) => canvas.addEventListener(name, listener));
  canvas.addEventListener('touchstart', touch, { passive: false });
  return on('race', () => keepHeld(() => mode === 'start'));
}

/** The big map lets go of the start when a race arrives, as its hand does not hold it; ours may. */
function keepHeld(isHeld) {
  const held = state.start;
  if (!held || !isHeld()) return;
  queueMicrotask(() => (state.start ??= held));
}

const isInside = ({ box }, [px, py]) => px >= box.left && px <= box.right && py >= box.top && py <= box.bottom;

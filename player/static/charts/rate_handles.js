/** The handles of the rate editor: a disc on the canvas for each, and a button over it that a hand or a key moves. */
import { PAD } from '../core/axes.js';
import { disc } from '../core/canvas.js';
import { part } from '../core/dom.js';
import { requestRepaint } from '../core/events.js';
import { formatNumber } from '../core/numbers.js';
import { currentRace, state } from '../core/store.js';
import { ground, styleOf } from '../core/theme.js';

/** @import { Polyline, Racer } from '../core/types.js' */
/** @import { RateScale } from './rate_scale.js' */

const RADIUS = 7;
const NUDGE = 2; // pixels that an arrow key moves a handle
const REST_MS = 900; // that a handle stays where it was let go, if no answer moves it
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * @typedef {object} Handle a handle on the chart
 * @property {number} racer
 * @property {number} index which of the racer's handles
 * @property {number} step
 * @property {number} rate
 * @property {string} words what it changes
 * @property {HTMLButtonElement} button
 */

/**
 * @typedef {object} Hand what a hand does with a handle
 * @property {string} key of the handle
 * @property {boolean} isHeld
 * @property {[number, number] | null} offset from the pointer to the handle's middle; null for a key
 * @property {{step: number, rate: number} | null} position where the hand has moved it
 * @property {string} asked what was sent of it
 * @property {number} timer
 */

/**
 * @typedef {object} EditorView
 * @property {HTMLElement} root
 * @property {RateScale | null} scale kept while a hand holds a handle
 * @property {Polyline[] | null} lines
 * @property {Map<string, Handle>} handles
 * @property {Hand | null} hand
 * @property {Handle | null} hovered
 * @property {string} sent
 * @property {(drag: [number, number, number, number]) => void} send
 */

/**
 * Fit the scale and the curves anew at the next painting.
 * @type {(view: EditorView) => void}
 */
export function refit(view) {
  view.scale = null;
  view.lines = null;
}

/**
 * Keep a button for every handle, so that focus and a hand's hold outlive new data.
 * @type {(view: EditorView, racers: Racer[]) => void}
 */
export function updateHandles(view, racers) {
  const box = part(view.root, '.descent-grips');
  const before = view.handles;
  view.handles = new Map();
  racers.forEach(({ handles = [], handle_words: words = [] }, racer) => {
    handles.forEach(([step, rate], index) => {
      const key = `${racer}.${index}`;
      const position = { racer, index, step, rate, words: words[index] };
      const known = before.get(key);
      view.handles.set(key, known ? Object.assign(known, position) : attachHandle(view, box, key, position));
    });
  });
  before.forEach((handle, key) => view.handles.has(key) || handle.button.remove());
}

/** @type {(view: EditorView, box: HTMLElement, key: string, position: Omit<Handle, 'button'>) => Handle} */
function attachHandle(view, box, key, position) {
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('role', 'slider');
  box.append(button);
  /** @type {Handle} */
  const handle = { ...position, button };
  /** @type {(event: PointerEvent) => void} */
  const down = (event) => {
    event.preventDefault();
    button.focus({ preventScroll: true });
    button.setPointerCapture(event.pointerId);
    if (!view.scale) return;
    const [x, y] = placeOf(view, view.scale, handle);
    hold(view, key, [x - event.clientX, y - event.clientY]);
  };
  /** @type {(event: PointerEvent) => void} */
  const move = (event) => {
    if (view.hand?.key !== key || !view.hand.isHeld || !view.hand.offset) return;
    const { offset } = view.hand;
    drag(view, handle, view.hand, [event.clientX + offset[0], event.clientY + offset[1]]);
  };
  const up = () => {
    if (view.hand?.key === key) release(view, view.hand);
  };
  button.addEventListener('pointerdown', down);
  button.addEventListener('pointermove', move);
  button.addEventListener('keydown', (event) => nudge(view, handle, key, event));
  ['keyup', 'pointerup', 'pointercancel', 'blur'].forEach((name) => button.addEventListener(name, up));
  ['pointerenter', 'focus'].forEach((name) => button.addEventListener(name, () => showTooltip(view, handle)));
  ['pointerleave', 'blur'].forEach((name) => button.addEventListener(name, () => hideTooltip(view)));
  return handle;
}

/**
 * A hand takes a handle: until it lets go, the scale stays.
 * @type {(view: EditorView, key: string, offset: [number, number] | null) => Hand}
 */
function hold(view, key, offset) {
  clearTimeout(view.hand?.timer);
  const before = view.hand?.key === key ? view.hand : { position: null, asked: '' };
  const hand = { ...before, key, offset, isHeld: true, timer: 0 };
  view.hand = hand;
  return hand;
}

/** @type {(view: EditorView, handle: Handle, hand: Hand, place: number[]) => void} */
function drag(view, handle, hand, [x, y]) {
  const { scale } = view;
  if (!scale) return;
  const step = Math.max(0, Math.round(scale.step(x)));
  const rate = Math.max(0, Number(scale.value(y).toPrecision(3)));
  if (step === hand.position?.step && rate === hand.position.rate) return;
  Object.assign(hand, { position: { step, rate }, asked: String([handle.racer, handle.index, step, rate]) });
  view.send([handle.racer, handle.index, step, rate]);
  showTooltip(view, handle);
  requestRepaint();
}

/** @type {(view: EditorView, hand: Hand) => void} */
function release(view, hand) {
  if (!hand.isHeld) return;
  hand.isHeld = false;
  if (hand.position === null) letGo(view);
  else hand.timer = setTimeout(() => letGo(view), REST_MS);
}

/**
 * The handle goes where its schedule has it, and the scale fits again.
 * @type {(view: EditorView) => void}
 */
export function letGo(view) {
  clearTimeout(view.hand?.timer);
  view.hand = null;
  refit(view);
  requestRepaint();
}

/** @type {(view: EditorView, handle: Handle, key: string, event: KeyboardEvent) => void} */
function nudge(view, handle, key, event) {
  const direction = ARROWS[event.key];
  const { scale } = view;
  if (!direction || !scale) return;
  event.preventDefault();
  event.stopPropagation();
  const hand = hold(view, key, null);
  const far = NUDGE * (event.shiftKey ? 10 : 1);
  const { step, rate } = positionOf(view, handle);
  const wide = Math.max(far, scale.x(event.shiftKey ? 10 : 1) - PAD.left); // a step at least
  drag(view, handle, hand, [scale.x(step) + direction[0] * wide, scale.y(rate) - direction[1] * far]);
}

/**
 * The place of a handle: that of the drag, or the one on its schedule.
 * @type {(view: EditorView, handle: Handle) => {step: number, rate: number}}
 */
function positionOf({ hand }, handle) {
  return (hand?.key === `${handle.racer}.${handle.index}` && hand.position) || handle;
}

/** @type {(value: number, low: number, length: number) => number} */
const inside = (value, low, length) => Math.max(low, Math.min(low + length, value));

/**
 * Its middle in pixels, drawn in to the chart.
 * @type {(view: EditorView, scale: RateScale, handle: Handle) => [number, number]}
 */
function placeOf(view, scale, handle) {
  const { step, rate } = positionOf(view, handle);
  return [inside(scale.x(step), PAD.left, scale.inner.width), inside(scale.y(rate), PAD.top, scale.inner.height)];
}

/**
 * A disc with a rim, or an arrow to the right where the handle lies past the run.
 * @type {(context: CanvasRenderingContext2D, view: EditorView, scale: RateScale, handle: Handle) => void}
 */
export function paintHandle(context, view, scale, handle) {
  const racer = currentRace().racers[handle.racer];
  handle.button.hidden = !racer;
  if (!racer) return;
  const { step, rate } = positionOf(view, handle);
  const [x, y] = placeOf(view, scale, handle);
  const { colour } = styleOf(racer);
  const near = document.activeElement === handle.button || view.hovered === handle;
  if (step > scale.steps) arrow(context, x, y, colour, ground().paper);
  else disc(context, x, y, RADIUS + (near ? 1.5 : 0), colour, ground().paper, 2.5);
  handle.button.style.transform = `translate(${x}px, ${y}px)`;
  handle.button.setAttribute('aria-label', `${racer.name}: ${handle.words}`);
  handle.button.setAttribute('aria-valuenow', String(rate));
  handle.button.setAttribute('aria-valuetext', `step ${formatNumber(step, 4)}, rate ${formatNumber(rate, 3)}`);
}

/** @type {(context: CanvasRenderingContext2D, x: number, y: number, fill: string, rim: string) => void} */
function arrow(context, x, y, fill, rim) {
  Object.assign(context, { fillStyle: fill, strokeStyle: rim, lineWidth: 2, lineJoin: 'round' });
  context.beginPath();
  [[-9, -8], [6, 0], [-9, 8]].forEach(([right, down]) => context.lineTo(x + right, y + down));
  context.closePath();
  context.fill();
  context.stroke();
}

/** @type {(view: EditorView, handle: Handle) => void} */
function showTooltip(view, handle) {
  const racer = state.race?.racers[handle.racer];
  const { root, scale } = view;
  if (!racer || !scale) return;
  view.hovered = handle;
  const tip = part(root, '.descent-tip');
  const { step, rate } = positionOf(view, handle);
  const texts = [`${racer.name}: ${handle.words}`, 'step', formatNumber(step, 4), 'rate', formatNumber(rate, 3)];
  const [title, ...cells] = texts.map((text) => Object.assign(document.createElement('span'), { textContent: text }));
  title.className = 'descent-tip-name';
  title.style.color = styleOf(racer).colour;
  tip.replaceChildren(title, ...cells);
  tip.hidden = false;
  const [x, y] = placeOf(view, scale, handle);
  const left = x + 16 + tip.offsetWidth > root.clientWidth ? x - 16 - tip.offsetWidth : x + 16;
  tip.style.left = `${Math.max(0, left)}px`;
  tip.style.top = `${Math.max(0, Math.min(y - 24, root.clientHeight - tip.offsetHeight))}px`;
  requestRepaint();
}

/** @type {(view: EditorView) => void} */
function hideTooltip(view) {
  if (view.hand?.isHeld) return;
  view.hovered = null;
  part(view.root, '.descent-tip').hidden = true;
  requestRepaint();
}

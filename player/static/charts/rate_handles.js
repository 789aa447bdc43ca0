/** The handles of the rate editor: a disc on the canvas for each, and a button over it that a hand or a key moves. */
import { PAD } from '../core/axes.js';
import { disc } from '../core/canvas.js';
import { formatNumber } from '../core/numbers.js';
import { emit, state } from '../core/store.js';
import { ground, styleOf } from '../core/theme.js';

const RADIUS = 7;
const NUDGE = 2; // pixels that an arrow key moves a handle
const SETTLING = 900; // milliseconds that a handle stays where it was let go, if no answer moves it

/**
 * @typedef {object} Handle a handle on the chart
 * @property {number} racer
 * @property {number} index which of the racer's handles
 * @property {number} step
 * @property {number} rate
 * @property {string} words what it changes
 * @property {HTMLButtonElement} button
 */

/** Fit the scale and the curves anew at the next painting. */
export function refit(view) {
  view.scale = null;
  view.lines = null;
}

/** Keep a button for every handle, so that focus and a hand's hold outlive new data. */
export function updateHandles(view, racers) {
  const box = view.root.querySelector('.descent-grips');
  const before = view.handles;
  view.handles = new Map();
  racers.forEach(({ handles, handle_words: words }, racer) => {
    (handles ?? []).forEach(([step, rate], index) => {
      const key = `${racer}.${index}`;
      const handle = before.get(key) ?? attachHandle(view, box, key);
      view.handles.set(key, Object.assign(handle, { racer, index, step, rate, words: words[index] }));
    });
  });
  before.forEach((handle, key) => view.handles.has(key) || handle.button.remove());
}

function attachHandle(view, box, key) {
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('role', 'slider');
  box.append(button);
  const handle = { button };
  const down = (event) => {
    event.preventDefault();
    button.focus({ preventScroll: true });
    button.setPointerCapture(event.pointerId);
    const [x, y] = placeOf(view, handle);
    hold(view, key, [x - event.clientX, y - event.clientY]);
  };
  const move = (event) => {
    if (view.hand?.key !== key || !view.hand.held || !view.hand.offset) return;
    const { offset } = view.hand;
    drag(view, handle, [event.clientX + offset[0], event.clientY + offset[1]]);
  };
  const press = (event) => nudge(view, handle, key, event);
  const up = () => view.hand?.key === key && release(view);
  const listeners = { pointerdown: down, pointermove: move, keydown: press, keyup: up, pointerup: up, pointercancel: up, blur: up };
  Object.entries(listeners).forEach(([name, listener]) => button.addEventListener(name, listener));
  ['pointerenter', 'focus'].forEach((name) => button.addEventListener(name, () => showTooltip(view, handle)));
  ['pointerleave', 'blur'].forEach((name) => button.addEventListener(name, () => hideTooltip(view)));
  return handle;
}

/** A hand takes a handle: until it lets go, the scale stays. `offset` is from the pointer to the handle's middle. */
function hold(view, key, offset) {
  clearTimeout(view.hand?.timer);
  const before = view.hand?.key === key ? view.hand : {};
  view.hand = { step: null, rate: null, asked: '', ...before, key, offset, held: true, timer: 0 };
}

function drag(view, handle, [x, y]) {
  const { scale, hand } = view;
  if (!scale) return;
  const step = Math.max(0, Math.round(scale.step(x)));
  const rate = Math.max(0, Number(scale.value(y).toPrecision(3)));
  if (step === hand.step && rate === hand.rate) return;
  Object.assign(hand, { step, rate, asked: String([handle.racer, handle.index, step, rate]) });
  view.send([handle.racer, handle.index, step, rate]);
  showTooltip(view, handle);
  emit('resize');
}

function release(view) {
  if (!view.hand.held) return;
  view.hand.held = false;
  if (view.hand.step === null) letGo(view);
  else view.hand.timer = setTimeout(() => letGo(view), SETTLING);
}

/** The handle goes where its schedule has it, and the scale fits again. */
export function letGo(view) {
  clearTimeout(view.hand?.timer);
  view.hand = null;
  refit(view);
  emit('resize');
}

function nudge(view, handle, key, event) {
  const [right, up] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] ?? [];
  if (right === undefined || !view.scale) return;
  event.preventDefault();
  event.stopPropagation();
  hold(view, key, null);
  const far = NUDGE * (event.shiftKey ? 10 : 1);
  const { step, rate } = positionOf(view, handle, key);
  const wide = Math.max(far, view.scale.x(event.shiftKey ? 10 : 1) - PAD.left); // a step at least
  drag(view, handle, [view.scale.x(step) + right * wide, view.scale.y(rate) - up * far]);
}

/** Where a handle is: with the hand that moved it, or on its schedule. */
function positionOf(view, handle, key = `${handle.racer}.${handle.index}`) {
  return view.hand?.key === key && view.hand.step !== null ? view.hand : handle;
}

const inside = (value, low, length) => Math.max(low, Math.min(low + length, value));

/** Its middle in pixels, drawn in to the chart. */
function placeOf({ scale, ...view }, handle) {
  const { step, rate } = positionOf(view, handle);
  return [inside(scale.x(step), PAD.left, scale.inner.width), inside(scale.y(rate), PAD.top, scale.inner.height)];
}

/** A disc with a rim, or an arrow to the right where the handle lies past the run. */
export function paintHandle(context, view, handle) {
  const racer = state.race.racers[handle.racer];
  handle.button.hidden = !racer;
  if (!racer) return;
  const { step, rate } = positionOf(view, handle);
  const [x, y] = placeOf(view, handle);
  const { colour } = styleOf(racer);
  const near = document.activeElement === handle.button || view.hovered === handle;
  if (step > view.scale.steps) arrow(context, x, y, colour, ground().paper);
  else disc(context, x, y, RADIUS + (near ? 1.5 : 0), colour, ground().paper, 2.5);
  handle.button.style.transform = `translate(${x}px, ${y}px)`;
  handle.button.setAttribute('aria-label', `${racer.name}: ${handle.words}`);
  handle.button.setAttribute('aria-valuenow', String(rate));
  handle.button.setAttribute('aria-valuetext', `step ${formatNumber(step, 4)}, rate ${formatNumber(rate, 3)}`);
}

function arrow(context, x, y, fill, rim) {
  Object.assign(context, { fillStyle: fill, strokeStyle: rim, lineWidth: 2, lineJoin: 'round' });
  context.beginPath();
  [[-9, -8], [6, 0], [-9, 8]].forEach(([right, down]) => context.lineTo(x + right, y + down));
  context.closePath();
  context.fill();
  context.stroke();
}

function showTooltip(view, handle) {
  const racer = state.race?.racers[handle.racer];
  if (!racer || !view.scale) return;
  view.hovered = handle;
  const tip = view.root.querySelector('.descent-tip');
  const { step, rate } = positionOf(view, handle);
  const texts = [`${racer.name}: ${handle.words}`, 'step', formatNumber(step, 4), 'rate', formatNumber(rate, 3)];
  tip.replaceChildren(...texts.map((text) => Object.assign(document.createElement('span'), { textContent: text })));
  tip.firstChild.className = 'descent-tip-name';
  tip.firstChild.style.color = styleOf(racer).colour;
  tip.hidden = false;
  const [x, y] = placeOf(view, handle);
  const left = x + 16 + tip.offsetWidth > view.root.clientWidth ? x - 16 - tip.offsetWidth : x + 16;
  tip.style.left = `${Math.max(0, left)}px`;
  tip.style.top = `${Math.max(0, Math.min(y - 24, view.root.clientHeight - tip.offsetHeight))}px`;
  emit('resize');
}

function hideTooltip(view) {
  if (view.hand?.held) return;
  view.hovered = null;
  view.root.querySelector('.descent-tip').hidden = true;
  emit('resize');
}

/** The handles of the rate editor: a disc on the canvas for each, and a button over it that a hand or a key moves. */
import { PAD } from '../core/axes.js';
import { disc } from '../core/canvas.js';
import { brief } from '../core/numbers.js';
import { emit, state } from '../core/store.js';
import { ground, look } from '../core/theme.js';

const RADIUS = 7;
const NUDGE = 2; // pixels that an arrow key moves a handle
const SETTLING = 900; // milliseconds that a handle stays where it was let go, if no answer moves it

/**
 * @typedef {object} Grip a handle on the chart
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
export function takeGrips(view, racers) {
  const box = view.root.querySelector('.descent-grips');
  const before = view.grips;
  view.grips = new Map();
  racers.forEach(({ handles, handle_words: words }, racer) => {
    (handles ?? []).forEach(([step, rate], index) => {
      const key = `${racer}.${index}`;
      const grip = before.get(key) ?? attachGrip(view, box, key);
      view.grips.set(key, Object.assign(grip, { racer, index, step, rate, words: words[index] }));
    });
  });
  before.forEach((grip, key) => view.grips.has(key) || grip.button.remove());
}

function attachGrip(view, box, key) {
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('role', 'slider');
  box.append(button);
  const grip = { button };
  const down = (event) => {
    event.preventDefault();
    button.focus({ preventScroll: true });
    button.setPointerCapture(event.pointerId);
    const [x, y] = placeOf(view, grip);
    hold(view, key, [x - event.clientX, y - event.clientY]);
  };
  const move = (event) => {
    if (view.hand?.key !== key || !view.hand.held || !view.hand.offset) return;
    const { offset } = view.hand;
    drag(view, grip, [event.clientX + offset[0], event.clientY + offset[1]]);
  };
  const press = (event) => nudge(view, grip, key, event);
  const up = () => view.hand?.key === key && release(view);
  const listeners = { pointerdown: down, pointermove: move, keydown: press, keyup: up, pointerup: up, pointercancel: up, blur: up };
  Object.entries(listeners).forEach(([name, listener]) => button.addEventListener(name, listener));
  ['pointerenter', 'focus'].forEach((name) => button.addEventListener(name, () => tell(view, grip)));
  ['pointerleave', 'blur'].forEach((name) => button.addEventListener(name, () => hush(view)));
  return grip;
}

/** A hand takes a handle: until it lets go, the scale stays. `offset` is from the pointer to the handle's middle. */
function hold(view, key, offset) {
  clearTimeout(view.hand?.timer);
  const before = view.hand?.key === key ? view.hand : {};
  view.hand = { step: null, rate: null, asked: '', ...before, key, offset, held: true, timer: 0 };
}

function drag(view, grip, [x, y]) {
  const { scale, hand } = view;
  if (!scale) return;
  const step = Math.max(0, Math.round(scale.step(x)));
  const rate = Math.max(0, Number(scale.value(y).toPrecision(3)));
  if (step === hand.step && rate === hand.rate) return;
  Object.assign(hand, { step, rate, asked: String([grip.racer, grip.index, step, rate]) });
  view.send([grip.racer, grip.index, step, rate]);
  tell(view, grip);
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

function nudge(view, grip, key, event) {
  const [right, up] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] ?? [];
  if (right === undefined || !view.scale) return;
  event.preventDefault();
  event.stopPropagation();
  hold(view, key, null);
  const far = NUDGE * (event.shiftKey ? 10 : 1);
  const { step, rate } = shown(view, grip, key);
  const wide = Math.max(far, view.scale.x(event.shiftKey ? 10 : 1) - PAD.left); // a step at least
  drag(view, grip, [view.scale.x(step) + right * wide, view.scale.y(rate) - up * far]);
}

/** Where a handle is: with the hand that moved it, or on its schedule. */
function shown(view, grip, key = `${grip.racer}.${grip.index}`) {
  return view.hand?.key === key && view.hand.step !== null ? view.hand : grip;
}

const inside = (value, low, length) => Math.max(low, Math.min(low + length, value));

/** Its middle in pixels, drawn in to the chart. */
function placeOf({ scale, ...view }, grip) {
  const { step, rate } = shown(view, grip);
  return [inside(scale.x(step), PAD.left, scale.inner.width), inside(scale.y(rate), PAD.top, scale.inner.height)];
}

/** A disc with a rim, or an arrow to the right where the handle lies past the run. */
export function paintGrip(context, view, grip) {
  const racer = state.race.racers[grip.racer];
  grip.button.hidden = !racer;
  if (!racer) return;
  const { step, rate } = shown(view, grip);
  const [x, y] = placeOf(view, grip);
  const { colour } = look(racer);
  const near = document.activeElement === grip.button || view.told === grip;
  if (step > view.scale.steps) arrow(context, x, y, colour, ground().paper);
  else disc(context, x, y, RADIUS + (near ? 1.5 : 0), colour, ground().paper, 2.5);
  grip.button.style.transform = `translate(${x}px, ${y}px)`;
  grip.button.setAttribute('aria-label', `${racer.name}: ${grip.words}`);
  grip.button.setAttribute('aria-valuenow', String(rate));
  grip.button.setAttribute('aria-valuetext', `step ${brief(step, 4)}, rate ${brief(rate, 3)}`);
}

function arrow(context, x, y, fill, rim) {
  Object.assign(context, { fillStyle: fill, strokeStyle: rim, lineWidth: 2, lineJoin: 'round' });
  context.beginPath();
  [[-9, -8], [6, 0], [-9, 8]].forEach(([right, down]) => context.lineTo(x + right, y + down));
  context.closePath();
  context.fill();
  context.stroke();
}

function tell(view, grip) {
  const racer = state.race?.racers[grip.racer];
  if (!racer || !view.scale) return;
  view.told = grip;
  const tip = view.root.querySelector('.descent-tip');
  const { step, rate } = shown(view, grip);
  const texts = [`${racer.name}: ${grip.words}`, 'step', brief(step, 4), 'rate', brief(rate, 3)];
  tip.replaceChildren(...texts.map((text) => Object.assign(document.createElement('span'), { textContent: text })));
  tip.firstChild.className = 'descent-tip-name';
  tip.firstChild.style.color = look(racer).colour;
  tip.hidden = false;
  const [x, y] = placeOf(view, grip);
  const left = x + 16 + tip.offsetWidth > view.root.clientWidth ? x - 16 - tip.offsetWidth : x + 16;
  tip.style.left = `${Math.max(0, left)}px`;
  tip.style.top = `${Math.max(0, Math.min(y - 24, view.root.clientHeight - tip.offsetHeight))}px`;
  emit('resize');
}

function hush(view) {
  if (view.hand?.held) return;
  view.told = null;
  view.root.querySelector('.descent-tip').hidden = true;
  emit('resize');
}

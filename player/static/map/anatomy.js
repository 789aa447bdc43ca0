/** The anatomy of one update on the map: gradient, what was carried over, what it is divided by, and the step. */
import { haloed } from '../core/canvas.js';
import { toX, toY } from '../core/frame.js';
import { throttle } from '../core/throttle.js';
import { formatNumber } from '../core/numbers.js';
import { emit, on, state, step } from '../core/store.js';
import { ground, styleOf, theme } from '../core/theme.js';

const SHORTEST = 60; // pixels of the longest arrow, else all are drawn larger
const LONGEST = 190; // or smaller
const POINTER = 74; // pixels of the gradient, of which only the direction is shown
const BAR = 46; // pixels of the larger divisor

let mount = null;
const ask = throttle((value) => mount?.setTriggerValue('ask', value), 'anatomy');

/** @param {import('../core/types.js').Mount} component */
export function mountAnatomy(component) {
  mount = component;
  state.anatomy = component.data?.position ? component.data : null;
  state.following = component.data?.follow ?? false;
  emit('anatomy');
  return () => {
    state.inspecting = false;
    state.following = false;
    state.anatomy = null;
  };
}

/** Open or close the anatomy; open, it follows the playhead and every new race. */
export function inspect(open) {
  state.inspecting = open;
  if (open) state.playing = false;
  emit('play');
  ask(asked(open ? step() : -1));
}

let waiting = 0;
const again = () => {
  if (!isAwaited()) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => (isServerAtWork() ? again() : isAwaited() && ask(asked(step()))), 60);
};

/** While a page is on its way a question would come between: what has gone from the page would stay in sight. */
const isServerAtWork = () => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'running';
['seek', 'race', 'play', 'chosen'].forEach((event) => on(event, again));

/** While the arrows are shown, or the page follows a playhead that rests. */
const isAwaited = () => state.race && (state.inspecting || (state.following && !state.playing));

const asked = (at) => [at, state.chosen ?? -1];

/** Draw the arrows, if they belong to the step under the playhead. */
export function paintAnatomy(context) {
  const update = state.anatomy;
  const racer = update && state.race.racers[update.racer];
  if (!state.inspecting || !racer || update.asked !== step()) return;
  const from = [toX(update.position[0]), toY(update.position[1])];
  const parts = { step: update.step, velocity: update.velocity, push: update.velocity && update.push };
  const pixels = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part && inPixels(part)]));
  const factor = magnified(Object.values(pixels));
  const scaled = (part) => part.map((length) => length * factor);
  const colours = { gradient: ground().accent, carried: styleOf(racer).colour, step: ground().ink };
  context.font = `600 12px ${theme.font}`;
  captions = [];
  if (update.divisor) paintDivisor(context, from, update.divisor);
  paintGradient(context, from, inPixels(update.gradient.map((part) => -part)), colours.gradient);
  if (pixels.velocity) {
    const carried = scaled(pixels.velocity);
    const tip = arrow(context, from, carried, colours.carried, 3);
    label(context, 'carried over', from, carried, colours.carried);
    arrow(context, tip, scaled(pixels.push), colours.gradient, 3);
    label(context, 'this gradient', tip, scaled(pixels.push), colours.gradient);
  }
  arrow(context, from, scaled(pixels.step), colours.step, 4);
  label(context, factor === 1 ? 'step' : `step, drawn ×${formatNumber(factor, 1)}`, from, scaled(pixels.step), colours.step);
}

const inPixels = ([x, y]) => [toX(x) - toX(0), toY(y) - toY(0)];

/** 1 if the arrows can be seen as they are, else 1, 2 or 5 times a power of ten. */
function magnified(parts) {
  const longest = Math.max(...parts.filter(Boolean).map((part) => Math.hypot(...part)), 1e-300);
  if (longest >= SHORTEST && longest <= LONGEST) return 1;
  const wanted = (longest < SHORTEST ? SHORTEST : LONGEST / 2) / longest;
  const unit = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5, 10].find((digit) => digit * unit >= wanted * 0.999) * unit;
}

function arrow(context, [x, y], [dx, dy], colour, width, dash = []) {
  const tip = [x + dx, y + dy];
  const length = Math.hypot(dx, dy);
  if (length < 1) return tip;
  const [ux, uy] = [dx / length, dy / length];
  const barb = Math.min(12, length * 0.5);
  const neck = [tip[0] - ux * barb * 0.8, tip[1] - uy * barb * 0.8];
  for (const [stroke, extra] of [[ground().paper, 3], [colour, 0]]) {
    context.strokeStyle = stroke;
    context.fillStyle = stroke;
    context.lineWidth = width + extra;
    context.setLineDash(extra ? [] : dash);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(...neck);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(...tip);
    context.lineTo(tip[0] - ux * barb - uy * barb * 0.45, tip[1] - uy * barb + ux * barb * 0.45);
    context.lineTo(tip[0] - ux * barb + uy * barb * 0.45, tip[1] - uy * barb - ux * barb * 0.45);
    context.closePath();
    if (extra) context.stroke();
    context.fill();
  }
  return tip;
}

let captions = [];

/** A caption beside an arrow, at the first place that no other caption has. */
function label(context, text, [x, y], [dx, dy], colour) {
  const length = Math.hypot(dx, dy);
  if (length < 1) return;
  const wide = context.measureText(text).width;
  const spots = [1, -1].flatMap((side) => [0.6, 1, 0.25].map((along) => beside(x + dx * along, y + dy * along, (-side * dy) / length, (side * dx) / length, wide)));
  const free = spots.find((spot) => isFree(spot, wide)) ?? spots[0];
  write(context, text, free, wide, colour);
}

const beside = (x, y, ux, uy, wide) => [x + ux * (10 + wide / 2), y + uy * 14 + 4];

const isFree = ([x, y], wide) => captions.every(([otherX, otherY, other]) => Math.abs(x - otherX) > (wide + other) / 2 || Math.abs(y - otherY) > 14);

function write(context, text, [x, y], wide, colour) {
  captions.push([x, y, wide]);
  context.textAlign = 'center';
  haloed(context, text, x, y, colour, ground().paper);
}

function paintGradient(context, from, towards, colour) {
  const length = Math.hypot(...towards);
  if (!(length > 0)) return;
  const pointer = towards.map((part) => (part / length) * POINTER);
  const tip = arrow(context, from, pointer, colour, 2, [5, 4]);
  const text = '−gradient';
  write(context, text, [tip[0] + pointer[0] * 0.35, tip[1] + pointer[1] * 0.2 + 4], context.measureText(text).width, colour);
}

/** What each coordinate is divided by, as a bar along each: the longer, the shorter the step that way. */
function paintDivisor(context, [x, y], [across, up]) {
  const largest = Math.max(across, up);
  const [wide, high] = [across, up].map((part) => (part / largest) * BAR);
  for (const [colour, width] of [[ground().paper, 7], [ground().muted, 4]]) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x - wide, y);
    context.lineTo(x + wide, y);
    context.moveTo(x, y - high);
    context.lineTo(x, y + high);
    context.stroke();
  }
  const texts = [across, up].map((part) => `÷ ${formatNumber(part, 2)}`);
  const [first, second] = texts.map((text) => context.measureText(text).width);
  write(context, texts[0], [x + wide + 6 + first / 2, y + 4], first, ground().muted);
  write(context, texts[1], [x, y - high - 6], second, ground().muted);
}

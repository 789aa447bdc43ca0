/** The anatomy of one update on the map: gradient, what was carried over, what it is divided by, and the step. */
import { haloed } from '../core/canvas.js';
import { toX, toY } from '../core/frame.js';
import { throttle } from '../core/throttle.js';
import { formatNumber } from '../core/numbers.js';
import { on } from '../core/events.js';
import { clearAnatomy, currentRace, setAnatomy, setInspecting, state, step } from '../core/store.js';
import { ground, styleOf, theme } from '../core/theme.js';

/** @import { AnatomyPayload } from '../wire/messages.js' */
/** @import { Anatomy, Context, Mount, Point } from '../core/types.js' */

const SHORTEST = 60; // pixels of the longest arrow, else all are drawn larger
const LONGEST = 190; // or smaller
const POINTER = 74; // pixels of the gradient, of which only the direction is shown
const BAR = 46; // pixels of the larger divisor

/** @type {Mount<AnatomyPayload> | null} */
let mount = null;
/** @type {(question: [number, number]) => void} */
const ask = throttle((question) => mount?.setTriggerValue('ask', question), 'anatomy');

/** @param {Mount<AnatomyPayload>} component */
export function mountAnatomy(component) {
  mount = component;
  setAnatomy(vectorsOf(component.data ?? {}), component.data?.follow ?? false);
  return clearAnatomy;
}

/**
 * The vectors of the last update that was asked for, if there are any.
 * @type {(payload: AnatomyPayload) => Anatomy | null}
 */
function vectorsOf({ asked, racer, position, gradient, step: way, ...others }) {
  if (asked === undefined || racer === undefined || !position || !gradient || !way) return null;
  return { ...others, asked, racer, position, gradient, step: way };
}

/**
 * Open or close the anatomy; open, it follows the playhead and every new race.
 * @type {(open: boolean) => void}
 */
export function inspect(open) {
  setInspecting(open);
  ask(question(open ? step() : -1));
}

let waiting = 0;
const again = () => {
  if (!isAwaited()) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (isServerAtWork()) again();
    else if (isAwaited()) ask(question(step()));
  }, 60);
};

/** While a page is on its way a question would come between: what has gone from the page would stay in sight. */
const isServerAtWork = () => document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'running';
on('seek', again);
on('race', again);
on('play', again);
on('chosen', again);

/** While the arrows are shown, or the page follows a playhead that rests. */
const isAwaited = () => state.race && (state.inspecting || (state.following && !state.playing));

/** @type {(at: number) => [number, number]} */
const question = (at) => [at, state.chosen];

/**
 * Draw the arrows, if they belong to the step under the playhead.
 * @type {(context: Context) => void}
 */
export function paintAnatomy(context) {
  const update = state.anatomy;
  const racer = update && currentRace().racers[update.racer];
  if (state.inspecting && racer && update.asked === step()) paintVectors(context, update, styleOf(racer).colour);
}

/** @type {(context: Context, update: Anatomy, carried: string) => void} */
function paintVectors(context, update, carried) {
  /** @type {Point} */
  const from = [toX(update.position[0]), toY(update.position[1])];
  const way = inPixels(update.step);
  const carry = update.velocity && update.push ? [inPixels(update.velocity), inPixels(update.push)] : [];
  const factor = magnified([way, ...carry]);
  const [stretched, velocity, push] = [way, ...carry].map((vector) => stretch(vector, factor));
  context.font = `600 12px ${theme.font}`;
  captions = [];
  if (update.divisor) paintDivisor(context, from, update.divisor);
  paintGradient(context, from, inPixels([-update.gradient[0], -update.gradient[1]]), ground().accent);
  if (velocity && push) {
    const tip = arrow(context, from, velocity, carried, 3);
    label(context, 'carried over', from, velocity, carried);
    arrow(context, tip, push, ground().accent, 3);
    label(context, 'this gradient', tip, push, ground().accent);
  }
  arrow(context, from, stretched, ground().ink, 4);
  label(context, factor === 1 ? 'step' : `step, drawn ×${formatNumber(factor, 1)}`, from, stretched, ground().ink);
}

/** @type {(vector: Point, factor: number) => Point} */
const stretch = ([dx, dy], factor) => [dx * factor, dy * factor];

/** @type {(vector: Point) => Point} */
const inPixels = ([x, y]) => [toX(x) - toX(0), toY(y) - toY(0)];

/**
 * 1 if the arrows can be seen as they are, else 1, 2 or 5 times a power of ten.
 * @type {(parts: Point[]) => number}
 */
function magnified(parts) {
  const longest = Math.max(...parts.map((part) => Math.hypot(...part)), 1e-300);
  if (longest >= SHORTEST && longest <= LONGEST) return 1;
  const wanted = (longest < SHORTEST ? SHORTEST : LONGEST / 2) / longest;
  const unit = 10 ** Math.floor(Math.log10(wanted));
  return unit * ([1, 2, 5].find((digit) => digit * unit >= wanted * 0.999) ?? 10);
}

/** @type {(context: Context, from: Point, vector: Point, colour: string, width: number, dash?: number[]) => Point} */
function arrow(context, [x, y], [dx, dy], colour, width, dash = []) {
  /** @type {Point} */
  const tip = [x + dx, y + dy];
  const length = Math.hypot(dx, dy);
  if (length < 1) return tip;
  const [ux, uy] = [dx / length, dy / length];
  const barb = Math.min(12, length * 0.5);
  /** @type {Point} */
  const neck = [tip[0] - ux * barb * 0.8, tip[1] - uy * barb * 0.8];
  for (const { stroke, extra } of [{ stroke: ground().paper, extra: 3 }, { stroke: colour, extra: 0 }]) {
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

/** @type {[number, number, number][]} */
let captions = []; // x, y and width of each that is written

/**
 * A caption beside an arrow, at the first place that no other caption has.
 * @type {(context: Context, text: string, from: Point, vector: Point, colour: string) => void}
 */
function label(context, text, [x, y], [dx, dy], colour) {
  const length = Math.hypot(dx, dy);
  if (length < 1) return;
  const wide = context.measureText(text).width;
  const spots = [1, -1].flatMap((side) => [0.6, 1, 0.25].map((along) => beside(x + dx * along, y + dy * along, (-side * dy) / length, (side * dx) / length, wide)));
  const free = spots.find((spot) => isFree(spot, wide)) ?? spots[0];
  write(context, text, free, wide, colour);
}

/** @type {(x: number, y: number, ux: number, uy: number, wide: number) => Point} */
const beside = (x, y, ux, uy, wide) => [x + ux * (10 + wide / 2), y + uy * 14 + 4];

/** @type {(place: Point, wide: number) => boolean} */
const isFree = ([x, y], wide) => captions.every(([otherX, otherY, other]) => Math.abs(x - otherX) > (wide + other) / 2 || Math.abs(y - otherY) > 14);

/** @type {(context: Context, text: string, place: Point, wide: number, colour: string) => void} */
function write(context, text, [x, y], wide, colour) {
  captions.push([x, y, wide]);
  context.textAlign = 'center';
  haloed(context, text, x, y, colour, ground().paper);
}

/** @type {(context: Context, from: Point, towards: Point, colour: string) => void} */
function paintGradient(context, from, towards, colour) {
  const length = Math.hypot(...towards);
  if (!(length > 0)) return;
  /** @type {Point} */
  const pointer = [(towards[0] / length) * POINTER, (towards[1] / length) * POINTER];
  const tip = arrow(context, from, pointer, colour, 2, [5, 4]);
  const text = '−gradient';
  write(context, text, [tip[0] + pointer[0] * 0.35, tip[1] + pointer[1] * 0.2 + 4], context.measureText(text).width, colour);
}

/**
 * Draw the divisor of each coordinate as a bar along it: the longer the bar, the shorter the step that way.
 * @type {(context: Context, place: Point, divisor: Point) => void}
 */
function paintDivisor(context, [x, y], [across, up]) {
  const largest = Math.max(across, up);
  const [wide, high] = [across, up].map((part) => (part / largest) * BAR);
  for (const { colour, width } of [{ colour: ground().paper, width: 7 }, { colour: ground().muted, width: 4 }]) {
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

/** The scales of a chart from steps and values to pixels: its ranges, its log scales, and what its axis counts. */
import { PAD } from '../core/axes.js';
import { thinned } from '../core/canvas.js';

/** @import { Columns, Cost, Race, Racer } from '../core/types.js' */
/** @typedef {'height' | 'validation' | 'rate' | 'sharpness' | 'effective'} ChartName */
/** @typedef {Pick<Racer, 'size' | 'samples'>} Batches */
/** @typedef {ReturnType<typeof scaled>} ChartScale */
/** @typedef {[number, number, boolean]} Shown from, to, and whether on a log scale */

const DEEPEST = 1e-10; // of the largest loss shown
const NOTHING = 1e-5; // of the highest rate shown: a schedule may end at 0
const DECADES_APART = 30; // a range this wide is drawn on a log scale

/**
 * What each chart draws: one array or more of every racer.
 * @type {Record<ChartName, {names: (keyof Columns)[]}>}
 */
export const CHARTS = {
  height: { names: ['height'] },
  validation: { names: ['validation', 'training'] },
  rate: { names: ['rate'] },
  sharpness: { names: ['sharpness'] },
  effective: { names: ['effective_x', 'effective_y', 'rate'] },
};

/**
 * The arrays of a racer that a chart draws: where it has no effective rate of its own, the rate is that.
 * @type {(racer: Racer, name: ChartName) => (keyof Columns)[]}
 */
export function columnsOf(racer, name) {
  const { names } = CHARTS[name];
  if (racer[names[0]]) return names;
  return name === 'effective' ? ['rate'] : [];
}

/**
 * One of those arrays.
 * @type {(racer: Racer, name: keyof Columns) => Float64Array}
 */
export function columnOf(racer, name) {
  const column = racer[name];
  if (!column) throw new Error(`${racer.name} has no such column. Received: ${name}.`);
  return column;
}

/**
 * Sample gradients that a racer has evaluated by a step, which may lie between two.
 * @type {(racer: Batches, step: number) => number}
 */
export function evaluations({ size, samples }, step) {
  const inEpoch = Math.ceil(samples / size);
  const epochs = Math.floor(step / inEpoch);
  return epochs * samples + Math.min((step - epochs * inEpoch) * size, samples);
}

/**
 * What the axis of cost counts, by name.
 * @type {Record<Cost, (racer: Batches, step: number) => number>}
 */
export const COSTS = {
  step: (racer, step) => step,
  epoch: (racer, step) => evaluations(racer, step) / racer.samples,
  gradient: evaluations,
};

/**
 * @param {Race} race
 * @param {ChartName} name
 * @param {Cost} cost
 * @param {number} width
 * @param {number} height
 */
export function scaled({ racers, steps }, name, cost, width, height) {
  const [low, high, log] = range(racers, name);
  const inner = { width: width - PAD.left - PAD.right, height: height - PAD.top - PAD.bottom };
  const up = along(low, high, log);
  const [first, last] = costRange(racers, steps, cost);
  const right = along(first, last, cost !== 'step');
  /** @type {(spent: number) => number} */
  const x = (spent) => PAD.left + right.share(spent) * inner.width;
  /** @type {(value: number) => number} */
  const y = (value) => PAD.top + (1 - up.share(Math.max(value, log ? low * 1e-3 : -Infinity))) * inner.height;
  /** @type {(racer: Batches, step: number) => number} */
  const xOf = (racer, step) => x(COSTS[cost](racer, step));
  /** @type {(racer: Batches, px: number) => number} */
  const stepAt = (racer, px) => stepOf(racer, cost, right.value((px - PAD.left) / inner.width));
  const lines = racers.map((racer) =>
    columnsOf(racer, name).map((array) => thinned(Array.from(racer.x, (_, i) => xOf(racer, i)), Array.from(columnOf(racer, array), y))),
  );
  return { name, cost, x, y, xOf, stepAt, lines, low, high, log, first, last, steps: last, inner };
}

/**
 * Shares of a way from low to high, in equal differences or in equal ratios.
 * @type {(low: number, high: number, log: boolean) => {share: (value: number) => number, value: (share: number) => number}}
 */
export function along(low, high, log) {
  if (!log) return { share: (value) => (value - low) / (high - low || 1), value: (share) => low + share * (high - low) };
  const [bottom, top] = [Math.log10(low), Math.log10(high)];
  return { share: (value) => (Math.log10(Math.max(value, 1e-300)) - bottom) / (top - bottom || 1), value: (share) => 10 ** (bottom + share * (top - bottom)) };
}

/**
 * From the first step that anybody took to the last; on a log scale a start at 0 has no place.
 * @type {(racers: Racer[], steps: number, cost: Cost) => [number, number]}
 */
function costRange(racers, steps, cost) {
  if (cost === 'step') return [0, Math.max(steps, 1)];
  const counted = COSTS[cost];
  const first = Math.min(...racers.map((racer) => counted(racer, 1)));
  return [first, Math.max(...racers.map((racer) => counted(racer, racer.steps)), first * 10)];
}

/**
 * The whole step by which a racer has spent that cost.
 * @type {(racer: Batches, cost: Cost, spent: number) => number}
 */
function stepOf(racer, cost, spent) {
  if (cost === 'step') return Math.round(spent);
  const wanted = cost === 'epoch' ? spent * racer.samples : spent;
  const inEpoch = Math.ceil(racer.samples / racer.size);
  const epochs = Math.floor(wanted / racer.samples);
  return Math.round(epochs * inEpoch + (wanted - epochs * racer.samples) / racer.size);
}

/**
 * The range of the chart. A diverged run must not press the others flat.
 * @type {(all: Racer[], name: ChartName) => Shown}
 */
function range(all, name) {
  const racers = all.filter((racer) => columnsOf(racer, name).length);
  if (!racers.length) return [0, 1, false];
  if (name === 'sharpness') return sharpnessRange(racers);
  if (name === 'validation') return validationRange(racers);
  const arrays = racers.flatMap((racer) => columnsOf(racer, name).map((array) => columnOf(racer, array)));
  const values = arrays.flatMap((array) => [Math.max(...array), Math.min(...array)]);
  const highest = Math.max(...values);
  const lowest = Math.max(Math.min(...values), name === 'height' ? 0 : NOTHING * highest);
  if (name !== 'height') return highest > lowest * DECADES_APART ? [lowest / 1.3, highest * 1.3, true] : [0, highest * 1.15, false];
  const high = Math.min(highest, 1e3 * Math.max(...arrays.map((array) => array[0]))) || 1;
  const low = Math.max(lowest, DEEPEST * high);
  return [Math.min(low, high / 20), high * 1.5, true];
}

/**
 * From no loss at all; the beginning, when everything is wrong, is left out above.
 * @type {(racers: Racer[]) => Shown}
 */
function validationRange(racers) {
  const losses = racers.map((racer) => columnOf(racer, 'validation'));
  const ends = losses.map((loss) => loss[loss.length - 1]);
  const better = ends.filter((end, i) => end <= losses[i][0]);
  return [0, 2.5 * Math.max(...(better.length ? better : ends)) || 1, false];
}

/** @type {(racers: Racer[]) => Shown} */
function sharpnessRange(racers) {
  const sharpness = racers.map((racer) => columnOf(racer, 'sharpness'));
  const limits = racers.map(({ rate, stability_threshold: threshold }) => (threshold ?? 0) / rate[0]);
  const highest = Math.max(...sharpness.map((column) => Math.max(...column.slice(0, 1000))), ...limits);
  const usual = Math.max(...sharpness.map((column) => column[0]), ...limits);
  const high = Math.min(highest, 100 * usual) * 1.4;
  return [Math.min(high / 1e3, Math.min(...limits) / 2), high, true];
}

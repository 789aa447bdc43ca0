/** The scale of the rate editor: pixels for steps and rates, and back. */
import { PAD } from '../core/axes.js';
import { along } from './scale.js';

/** @import { Race, Racer } from '../core/types.js' */
/** @typedef {ReturnType<typeof scaled>} RateScale */

const DECADES_APART = 30; // a range this wide is drawn on a log scale,
const NOTHING = 1e-10; // unless a rate falls to this fraction of the highest, which only a linear scale can show
const USUAL = 0.2; // a schedule's last dip does not count: the share of its rates that lie below its usual lowest

/**
 * Pixels for steps and rates, and back; kept while a hand holds a handle.
 * @param {Pick<Race, 'racers' | 'steps'>} race
 * @param {number} width
 * @param {number} height
 */
export function scaled({ racers, steps }, width, height) {
  const [low, high, log] = range(racers);
  const up = along(low, high, log);
  const inner = { width: width - PAD.left - PAD.right, height: height - PAD.top - PAD.bottom };
  /** @type {(step: number) => number} */
  const x = (step) => PAD.left + (step / Math.max(steps, 1)) * inner.width;
  /** @type {(rate: number) => number} */
  const y = (rate) => PAD.top + (1 - up.share(log ? Math.max(rate, low * 1e-3) : rate)) * inner.height;
  /** @type {(px: number) => number} */
  const step = (px) => ((px - PAD.left) / inner.width) * steps;
  /** @type {(px: number) => number} */
  const value = (px) => up.value(1 - (px - PAD.top) / inner.height);
  return { x, y, step, value, low, high, log, steps, inner };
}

/**
 * With room above, so that a handle can be dragged up.
 * @type {(racers: Racer[]) => [number, number, boolean]}
 */
function range(racers) {
  const highest = Math.max(...racers.map(({ rate }) => Math.max(...rate)));
  const lowest = Math.min(...racers.map(({ rate }) => Math.min(...rate)));
  const usual = Math.min(...racers.map(({ rate }) => rate.toSorted()[Math.floor(USUAL * (rate.length - 1))]));
  const log = highest > usual * DECADES_APART && lowest > highest * NOTHING;
  return log ? [lowest / 1.6, highest * 2, true] : [0, highest * 1.25, false];
}

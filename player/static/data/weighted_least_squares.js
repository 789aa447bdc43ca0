/** The minimum of the mean loss of a sample, by iteratively reweighted least squares. */
import { sigmoid } from './losses.js';

/** @import { Loss } from '../wire/messages.js' */
/** @import { LossOfSample, Point, Sample } from '../core/types.js' */
/** @typedef {[number, number]} Weighed the weight of a row, and the target that its prediction is drawn to */
/** @typedef {{s11: number, s12: number, s22: number, s1t: number, s2t: number}} Moments */
/** @typedef {{at: Point, along: Point | null}} Minimum a lowest place, and which way the floor runs if one direction is open */

const ROUNDS = 60;
const STILL = 1e-7; // a round that moves less than this share is the last
const LITTLE = 1e-9;

/**
 * Each loss as a weighted square.
 * @type {Record<Loss['name'], (prediction: number, target: number, delta: number) => Weighed>}
 */
const WEIGHED = {
  mse: (prediction, target) => [1, target],
  mae: (prediction, target) => [1 / Math.max(Math.abs(prediction - target), 1e-6), target],
  huber: (prediction, target, delta) => [Math.min(1, delta / Math.abs(prediction - target)), target],
  cross_entropy: (prediction, target) => {
    const share = sigmoid(prediction);
    const weight = Math.max(share * (1 - share), 1e-9);
    return [weight, prediction + (target - share) / weight];
  },
};

/**
 * The minimum; null where the loss falls without end, as for classes that a line separates.
 * @type {(sample: Sample, loss: LossOfSample) => Minimum | null}
 */
export function weightedLeastSquares(sample, { name, delta = 1 }) {
  /** @type {Point} */
  let at = [0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const sums = moments(sample, (prediction, target) => WEIGHED[name](prediction, target, delta), at);
    const next = solved(sums);
    const moved = Math.hypot(next[0] - at[0], next[1] - at[1]);
    at = next;
    if (moved <= STILL * Math.hypot(...at)) return { at, along: floor(sample) };
  }
  return name === 'cross_entropy' || !at.every(Number.isFinite) ? null : { at, along: floor(sample) };
}

/** @type {(sample: Sample, weighed: (prediction: number, target: number) => Weighed, at: Point) => Moments} */
function moments({ a1, a2, targets }, weighed, [p1, p2]) {
  const sums = { s11: 0, s12: 0, s22: 0, s1t: 0, s2t: 0 };
  for (let i = 0; i < targets.length; i++) {
    const [weight, target] = weighed(a1[i] * p1 + a2[i] * p2, targets[i]);
    sums.s11 += weight * a1[i] * a1[i];
    sums.s12 += weight * a1[i] * a2[i];
    sums.s22 += weight * a2[i] * a2[i];
    sums.s1t += weight * a1[i] * target;
    sums.s2t += weight * a2[i] * target;
  }
  return sums;
}

/**
 * The solution of the two equations. A little is added to the diagonal, so that there is always one solution.
 * @type {(sums: Moments) => Point}
 */
function solved({ s11, s12, s22, s1t, s2t }) {
  const [first, second] = [s11, s22].map((size) => size * (1 + LITTLE) + 1e-200);
  const size = first * second - s12 * s12;
  return [(s1t * second - s2t * s12) / size, (s2t * first - s1t * s12) / size];
}

/**
 * The direction in which no prediction changes, if there is one.
 * @type {(sample: Sample) => Point | null}
 */
function floor(sample) {
  const { s11, s12, s22 } = moments(sample, (_, target) => [1, target], [0, 0]);
  if (s11 * s22 - s12 * s12 > LITTLE * s11 * s22) return null;
  return s11 >= s22 ? [-s12, s11] : [s22, -s12];
}

/** The loss of a prediction, as in landscapes/data/losses.py; the loss surface of a batch; and the scores of a fit. */

/** @import { Loss } from '../wire/messages.js' */
/** @import { Data, LossOfSample, Sample } from '../core/types.js' */
/** @typedef {(prediction: number, target: number, delta: number) => number} LossFunction */

/**
 * The loss of one sample by name.
 * @type {Record<Loss['name'], LossFunction>}
 */
export const LOSSES = {
  mse: (prediction, target) => (prediction - target) ** 2,
  mae: (prediction, target) => Math.abs(prediction - target),
  huber: (prediction, target, delta) => {
    const error = Math.abs(prediction - target);
    return error <= delta ? 0.5 * error ** 2 : delta * error - 0.5 * delta ** 2;
  },
  cross_entropy: (prediction, target) =>
    Math.max(prediction, 0) + Math.log1p(Math.exp(-Math.abs(prediction))) - target * prediction,
};

/**
 * The probability of class 1.
 * @type {(prediction: number) => number}
 */
export const sigmoid = (prediction) => 1 / (1 + Math.exp(-prediction));

/**
 * The rows that are picked, as arrays of their own; all of them for null.
 * @type {(data: Sample, picked: ArrayLike<number> | null) => Sample}
 */
export function sampleOf({ a1, a2, targets }, picked) {
  if (!picked) return { a1, a2, targets };
  /** @type {(values: ArrayLike<number>) => Float64Array} */
  const only = (values) => Float64Array.from(picked, (row) => values[row]);
  return { a1: only(a1), a2: only(a2), targets: only(targets) };
}

/**
 * The mean loss of a sample at two parameters.
 * @type {(sample: Sample, loss: LossOfSample, p1: number, p2: number) => number}
 */
export function meanLoss({ a1, a2, targets }, { name, delta = 1 }, p1, p2) {
  const of = LOSSES[name];
  let sum = 0;
  for (let i = 0; i < targets.length; i++) sum += of(a1[i] * p1 + a2[i] * p2, targets[i], delta);
  return sum / targets.length;
}

/**
 * The mean loss as a function of the two parameters. For squares six moments are enough, for any number of rows.
 * @type {(sample: Sample, loss: LossOfSample) => (p1: number, p2: number) => number}
 */
export function surfaceOf(sample, loss) {
  if (loss.name !== 'mse') return (p1, p2) => meanLoss(sample, loss, p1, p2);
  const { a1, a2, targets } = sample;
  const [s11, s12, s22] = [product(a1, a1), product(a1, a2), product(a2, a2)];
  const [s1t, s2t, stt] = [product(a1, targets), product(a2, targets), product(targets, targets)];
  return (p1, p2) => p1 * (s11 * p1 + 2 * s12 * p2 - 2 * s1t) + p2 * (s22 * p2 - 2 * s2t) + stt;
}

/**
 * The mean product of two columns.
 * @type {(one: ArrayLike<number>, other: ArrayLike<number>) => number}
 */
function product(one, other) {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum / one.length;
}

/** @type {Record<string, string>} */
const TITLES = { mse: 'MSE', mae: 'MAE', huber: 'Huber' };

/**
 * The scores of a fit over all rows, by name; over both kinds if some rows are held out.
 * @type {(data: Pick<Data, 'kind' | 'heldOut' | 'a1' | 'a2' | 'targets'>, loss: Loss, p1: number, p2: number) => Record<string, number>}
 */
export function scores(data, loss, p1, p2) {
  if (data.heldOut) return { [TITLES[loss.name]]: meanLoss(data, loss, p1, p2), 'held out': meanLoss(data.heldOut, loss, p1, p2) };
  if (data.kind !== 'classes') return { MAE: meanLoss(data, { name: 'mae' }, p1, p2), MSE: meanLoss(data, { name: 'mse' }, p1, p2) };
  const { a1, a2, targets } = data;
  const right = Array.from(targets, (target, i) => Number(a1[i] * p1 + a2[i] * p2 > 0 === target > 0.5)).reduce((sum, one) => sum + one, 0);
  return { 'cross-entropy': meanLoss(data, { name: 'cross_entropy' }, p1, p2), accuracy: right / data.targets.length };
}

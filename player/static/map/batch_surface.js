/** Over the map, the surface that one step sees: the loss of the chosen racer's present batch alone, as thin contours. */
import { batchUnderWay, chosenRacer, stepUnderWay } from '../data/chosen_racer.js';
import { contours } from './contours.js';
import { frame, toX, toY } from '../core/frame.js';
import { sampleOf, surfaceOf } from '../data/losses.js';
import { paintMinimum } from './batch_minimum.js';
import { weightedLeastSquares } from '../data/weighted_least_squares.js';
import { on } from '../core/events.js';
import { currentLandscape, currentRace, state } from '../core/store.js';
import { styleOf } from '../core/theme.js';

/** @import { Context, LossOfSample, Pieces, Race, Racer, Sample } from '../core/types.js' */
/** @import { Minimum } from '../data/weighted_least_squares.js' */
/** @typedef {{lines: Pieces, best: Minimum | null}} Contours */

const LEVELS = 8;
const FINEST = 64; // grid points along each axis
const COARSEST = 18;
const MAX_WORK = 250000; // grid points × rows, which are worked out within a frame

/** @type {Contours & {at: number, race: Race} | null} */
let cache = null;
/** @type {import('../core/events.js').StoreEvent[]} */
const CHANGES = ['race', 'zoom', 'resize', 'landscape', 'data', 'orders', 'chosen'];
CHANGES.forEach((event) =>
  on(event, () => {
    cache = null;
  }),
);

/**
 * Draw the batch's own surface, if it is switched on and the batch is known.
 * @type {(context: Context) => void}
 */
export function paintBatchSurface(context) {
  const [current, race] = [underWay(), currentRace()];
  if (!current) return;
  const { racer, sample, loss } = current;
  const at = stepUnderWay(racer);
  if (cache?.at !== at || cache.race !== race) cache = { at, race, ...batchSurface(sample(), loss) };
  const { colour } = styleOf(racer);
  context.globalAlpha = 0.5;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.stroke(cache.lines);
  context.globalAlpha = 1;
}

/**
 * Say over the paths where that surface is lowest.
 * @type {(context: Context) => void}
 */
export function paintBatchMinimum(context) {
  const current = underWay();
  if (current && cache?.best) paintMinimum(context, cache.best, styleOf(current.racer).colour);
}

/**
 * The racer whose batch's surface is to be drawn, and that batch; null if there is none.
 * @type {() => {racer: Racer, sample: () => Sample, loss: LossOfSample} | null}
 */
function underWay() {
  const { batchSurface: isOn, data } = state;
  const [racer, { loss }] = [chosenRacer(), currentLandscape()];
  if (!isOn || !data || !loss || !racer) return null;
  const batch = batchUnderWay(racer);
  return batch ? { racer, sample: () => sampleOf(data, batch), loss } : null;
}

/**
 * The lines in pixels, and the lowest place.
 * @type {(sample: Sample, loss: LossOfSample) => Contours}
 */
function batchSurface(sample, loss) {
  const grid = gridOf(surfaceOf(sample, loss), loss.name === 'mse' ? 1 : sample.targets.length);
  const best = weightedLeastSquares(sample, loss);
  const visible = best && (best.along || isInside(best.at)) ? best : null;
  const lows = visible ? [surfaceOf(sample, loss)(...visible.at)] : [];
  const low = Math.min(...lows, ...grid.values);
  const values = grid.values.map((value) => Math.sqrt(Math.max(value - low, 0)));
  /** @type {(column: number) => number} */
  const across = (column) => toX(part(frame.x, column / (grid.columns - 1)));
  /** @type {(row: number) => number} */
  const up = (row) => toY(part(frame.y, row / (grid.rows - 1)));
  return { lines: contours({ ...grid, values }, levels(Math.max(...values)), across, up), best: visible };
}

/**
 * As far apart as the map's own. What is contoured is the root of the height: for squares it is nearly straight.
 * @type {(highest: number) => number[]}
 */
function levels(highest) {
  const { scale } = currentLandscape();
  const top = Math.log1p(highest ** 2 / scale);
  return Array.from({ length: LEVELS }, (_, i) => Math.sqrt(scale * Math.expm1(((i + 0.5) / LEVELS) * top)));
}

/**
 * The surface over what the map shows, coarser the more rows there are.
 * @type {(surface: (p1: number, p2: number) => number, rows: number) => import('./contours.js').Grid}
 */
function gridOf(surface, rows) {
  const size = Math.round(Math.max(COARSEST, Math.min(FINEST, Math.sqrt(MAX_WORK / rows))));
  const values = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      values[row * size + column] = surface(part(frame.x, column / (size - 1)), part(frame.y, row / (size - 1)));
    }
  }
  return { columns: size, rows: size, values };
}

/** @type {(range: number[], share: number) => number} */
const part = ([low, high], share) => low + (high - low) * share;

/** @type {(place: number[]) => boolean} */
const isInside = ([x, y]) => x > frame.x[0] && x < frame.x[1] && y > frame.y[0] && y < frame.y[1];

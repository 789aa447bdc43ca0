/** Over the map, the surface that one step sees: the loss of the chosen racer's present batch alone, as thin contours. */
import { batchUnderWay, chosenRacer, stepUnderWay } from '../data/chosen_racer.js';
import { contours } from './contours.js';
import { frame, toX, toY } from '../core/frame.js';
import { sampleOf, surfaceOf } from '../data/losses.js';
import { paintMinimum } from './batch_minimum.js';
import { weightedLeastSquares } from '../data/weighted_least_squares.js';
import { on, state } from '../core/store.js';
import { styleOf } from '../core/theme.js';

const LEVELS = 8;
const FINEST = 64; // grid points along each axis
const COARSEST = 18;
const MAX_WORK = 250000; // grid points × rows, which are worked out within a frame

let cache = null;
['race', 'zoom', 'resize', 'landscape', 'data', 'orders', 'chosen'].forEach((event) =>
  on(event, () => {
    cache = null;
  }),
);

/** Draw the batch's own surface, if it is switched on and the batch is known. */
export function paintBatchSurface(context) {
  const batch = underWay();
  if (!batch) return;
  const at = stepUnderWay();
  if (cache?.at !== at || cache.race !== state.race) cache = { at, race: state.race, ...batchSurface(sampleOf(state.data, batch), state.landscape.loss) };
  const { colour } = styleOf(chosenRacer());
  context.globalAlpha = 0.5;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.stroke(cache.lines);
  context.globalAlpha = 1;
}

/** Say over the paths where that surface is lowest. */
export function paintBatchMinimum(context) {
  if (underWay() && cache?.best) paintMinimum(context, cache.best, styleOf(chosenRacer()).colour);
}

/** The batch whose surface is to be drawn, if any. */
const underWay = () => state.batchSurface && state.data && state.landscape.loss && batchUnderWay();

/** The lines in pixels, and the lowest place. */
function batchSurface(sample, loss) {
  const grid = gridOf(surfaceOf(sample, loss), loss.name === 'mse' ? 1 : sample.targets.length);
  const best = weightedLeastSquares(sample, loss);
  const visible = best && (best.along || isInside(best.at)) ? best : null;
  const lows = visible ? [surfaceOf(sample, loss)(...visible.at)] : [];
  const low = Math.min(...lows, ...grid.values);
  const values = grid.values.map((value) => Math.sqrt(Math.max(value - low, 0)));
  const across = (column) => toX(part(frame.x, column / (grid.columns - 1)));
  const up = (row) => toY(part(frame.y, row / (grid.rows - 1)));
  return { lines: contours({ ...grid, values }, levels(Math.max(...values)), across, up), best: visible };
}

/** As far apart as the map's own. What is contoured is the root of the height: for squares it is nearly straight. */
function levels(highest) {
  const { scale } = state.landscape;
  const top = Math.log1p(highest ** 2 / scale);
  return Array.from({ length: LEVELS }, (_, i) => Math.sqrt(scale * Math.expm1(((i + 0.5) / LEVELS) * top)));
}

/** The surface over what the map shows, coarser the more rows there are. */
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

const part = ([low, high], share) => low + (high - low) * share;

const isInside = ([x, y]) => x > frame.x[0] && x < frame.x[1] && y > frame.y[0] && y < frame.y[1];

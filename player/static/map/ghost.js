/** Over the map, the surface that one step sees: the loss of the chosen racer's present batch alone, as thin contours. */
import { batchUnderWay, chosen, stepUnderWay } from '../data/chosen.js';
import { contours } from './contours.js';
import { frame, toX, toY } from '../core/frame.js';
import { sampleOf, surfaceOf } from '../data/losses.js';
import { paintLowest } from './ghost_lowest.js';
import { lowest } from '../data/lowest.js';
import { on, state } from '../core/store.js';
import { look } from '../core/theme.js';

const LEVELS = 8;
const FINEST = 64; // grid points along each axis
const COARSEST = 18;
const MOST = 250000; // grid points × rows, which are worked out within a frame

let drawn = null;
['race', 'zoom', 'resize', 'stage', 'data', 'orders', 'chosen'].forEach((event) =>
  on(event, () => {
    drawn = null;
  }),
);

/** Draw the batch's own surface, if it is switched on and the batch is known. */
export function paintGhost(context) {
  const batch = underWay();
  if (!batch) return;
  const at = stepUnderWay();
  if (drawn?.at !== at || drawn.race !== state.race) drawn = { at, race: state.race, ...ghost(sampleOf(state.data, batch), state.stage.loss) };
  const { colour } = look(chosen());
  context.globalAlpha = 0.5;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.stroke(drawn.lines);
  context.globalAlpha = 1;
}

/** Say over the paths where that surface is lowest. */
export function paintGhostLowest(context) {
  if (underWay() && drawn?.best) paintLowest(context, drawn.best, look(chosen()).colour);
}

/** The batch whose surface is to be drawn, if any. */
const underWay = () => state.ghost && state.data && state.stage.loss && batchUnderWay();

/** The lines in pixels, and the lowest place. */
function ghost(sample, loss) {
  const grid = gridOf(surfaceOf(sample, loss), loss.name === 'mse' ? 1 : sample.targets.length);
  const best = lowest(sample, loss);
  const shown = best && (best.along || isInside(best.at)) ? best : null;
  const lows = shown ? [surfaceOf(sample, loss)(...shown.at)] : [];
  const low = Math.min(...lows, ...grid.values);
  const values = grid.values.map((value) => Math.sqrt(Math.max(value - low, 0)));
  const across = (column) => toX(part(frame.x, column / (grid.columns - 1)));
  const up = (row) => toY(part(frame.y, row / (grid.rows - 1)));
  return { lines: contours({ ...grid, values }, levels(Math.max(...values)), across, up), best: shown };
}

/** As far apart as the map's own. What is contoured is the root of the height: for squares it is nearly straight. */
function levels(highest) {
  const { scale } = state.stage;
  const top = Math.log1p(highest ** 2 / scale);
  return Array.from({ length: LEVELS }, (_, i) => Math.sqrt(scale * Math.expm1(((i + 0.5) / LEVELS) * top)));
}

/** The surface over what the map shows, coarser the more rows there are. */
function gridOf(surface, rows) {
  const size = Math.round(Math.max(COARSEST, Math.min(FINEST, Math.sqrt(MOST / rows))));
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

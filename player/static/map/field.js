/** The gradient field: small arrows the way down, at even distances on the screen. */
import { frame, MARGIN, toPoint } from '../core/frame.js';
import { gridOf } from '../core/plotly.js';
import { currentLandscape, state } from '../core/store.js';
import { ground } from '../core/theme.js';

/** @import { Context, Point } from '../core/types.js' */
/** @import { Grid } from '../core/plotly.js' */

const APART = 46; // pixels between two arrows
const LENGTH = 15;

/** @type {{grid: Grid, landscape: object} | null} */
let cache = null;

/**
 * Draw the field, if it is switched on.
 * @type {(context: Context) => void}
 */
export function paintField(context) {
  if (!state.field) return;
  const landscape = currentLandscape();
  if (cache?.landscape !== landscape) cache = { grid: gridOf(landscape), landscape };
  const { grid } = cache;
  context.strokeStyle = ground().ink;
  context.lineWidth = 1.1;
  context.globalAlpha = 0.5;
  context.beginPath();
  for (let x = MARGIN.left + APART / 2; x < frame.width - MARGIN.right; x += APART) {
    for (let y = MARGIN.top + APART / 2; y < frame.height - MARGIN.bottom; y += APART) {
      const down = downhill(grid, ...toPoint(x, y));
      if (down) tick(context, x, y, down);
    }
  }
  context.stroke();
  context.globalAlpha = 1;
}

/**
 * The direction down on the screen at a point, of length 1; null outside the domain or where it is flat.
 * @type {(grid: Grid, x: number, y: number) => Point | null}
 */
function downhill(grid, x, y) {
  const [[left, right], [low, high]] = currentLandscape().domain;
  const last = grid.x.length - 1;
  const i = Math.round(((x - left) / (right - left)) * last);
  const j = Math.round(((y - low) / (high - low)) * last);
  if (i < 1 || j < 1 || i >= last || j >= last) return null;
  const across = (grid.z[j][i + 1] - grid.z[j][i - 1]) / (grid.x[i + 1] - grid.x[i - 1]);
  const up = (grid.z[j + 1][i] - grid.z[j - 1][i]) / (grid.y[j + 1] - grid.y[j - 1]);
  const [dx, dy] = inPixels(-across, -up);
  const size = Math.hypot(dx, dy);
  return size > 1e-9 ? [dx / size, dy / size] : null;
}

/**
 * A vector on the screen for one in coordinates, by the map's two scales.
 * @type {(across: number, up: number) => Point}
 */
const inPixels = (across, up) => [
  (across / (frame.x[1] - frame.x[0])) * (frame.width - MARGIN.left - MARGIN.right),
  (-up / (frame.y[1] - frame.y[0])) * (frame.height - MARGIN.top - MARGIN.bottom),
];

/** @type {(context: Context, x: number, y: number, direction: Point) => void} */
function tick(context, x, y, [dx, dy]) {
  /** @type {Point} */
  const tip = [x + (dx * LENGTH) / 2, y + (dy * LENGTH) / 2];
  context.moveTo(x - (dx * LENGTH) / 2, y - (dy * LENGTH) / 2);
  context.lineTo(...tip);
  context.lineTo(tip[0] - dx * 5 - dy * 3, tip[1] - dy * 5 + dx * 3);
  context.moveTo(...tip);
  context.lineTo(tip[0] - dx * 5 + dy * 3, tip[1] - dy * 5 - dx * 3);
}

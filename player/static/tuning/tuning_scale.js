/** From the tuning map's values to pixels and back. All cells have one width, whatever the distance of their values. */

export const PAD = { left: 52, right: 10, top: 8, bottom: 40 };

/** @import { Axis } from '../wire/messages.js' */
/** @import { Point } from '../core/types.js' */
/** @import { Plane } from './tuning_types.js' */
/** @typedef {ReturnType<typeof planeScale>} PlaneScale */
/** @typedef {Pick<Plane, 'axes' | 'rows' | 'columns'>} Grid */
/** @typedef {Pick<Axis, 'values' | 'log'>} Values */

/**
 * @param {Grid} plane
 * @param {number} width of the canvas
 * @param {number} height
 */
export function planeScale({ axes, rows, columns }, width, height) {
  const box = { left: PAD.left, top: PAD.top, width: width - PAD.left - PAD.right, height: height - PAD.top - PAD.bottom };
  const [across, up] = axes;
  /** @type {(value: number) => number} */
  const x = (value) => box.left + ((placeOf(across, value) + 0.5) / columns) * box.width;
  /** @type {(value: number) => number} */
  const y = (value) => box.top + (1 - (placeOf(up, value) + 0.5) / rows) * box.height;
  /** @type {(px: number, py: number) => Point} */
  const point = (px, py) => [
    valueAt(across, ((px - box.left) / box.width) * columns - 0.5),
    valueAt(up, (1 - (py - box.top) / box.height) * rows - 0.5),
  ];
  return { box, width, height, x, y, point };
}

/**
 * Where a value lies among the cells of its axis, 0 to the last; beyond them it goes on as between the last two.
 * @type {(axis: Values, value: number) => number}
 */
export function placeOf({ values, log }, value) {
  /** @type {(entry: number) => number} */
  const at = (entry) => (log ? Math.log(entry) : entry);
  const last = values.length - 1;
  if (last === 0) return 0;
  let cell = values.findIndex((entry) => entry > value) - 1;
  if (cell < 0) cell = value < values[0] ? 0 : last - 1;
  const [low, high] = [values[cell], values[cell + 1]];
  return cell + (at(Math.max(value, log ? 1e-300 : -Infinity)) - at(low)) / (at(high) - at(low));
}

/**
 * The value at a place among the cells, kept on the axis, with three digits.
 * @type {(axis: Values & Pick<Axis, 'whole'>, place: number) => number}
 */
export function valueAt({ values, log, whole }, place) {
  const last = values.length - 1;
  const inside = Math.max(0, Math.min(last, place));
  const cell = Math.min(Math.floor(inside), last - 1);
  if (last === 0) return values[0];
  const [low, high] = [values[cell], values[cell + 1]];
  const share = inside - cell;
  const value = log ? low * (high / low) ** share : low + (high - low) * share;
  return whole ? Math.round(value) : Number(value.toPrecision(3));
}

/**
 * The cell that a pair of values lies in, or −1 beyond the map.
 * @type {(grid: Grid, place: number[]) => number}
 */
export function cellOf({ axes, rows, columns }, [x, y]) {
  const [column, row] = [Math.round(placeOf(axes[0], x)), Math.round(placeOf(axes[1], y))];
  return column >= 0 && column < columns && row >= 0 && row < rows ? row * columns + column : -1;
}

/**
 * The values that are some cells away from others, at the middle of a cell, kept on the map.
 * @type {(grid: Pick<Grid, 'axes'>, place: Point, steps: Point) => Point}
 */
export function movedBy({ axes }, place, steps) {
  return [moved(axes[0], place[0], steps[0]), moved(axes[1], place[1], steps[1])];
}

/** @type {(axis: Values & Pick<Axis, 'whole'>, value: number, cells: number) => number} */
function moved(axis, value, cells) {
  if (!cells) return value;
  const at = placeOf(axis, value);
  return valueAt(axis, (cells > 0 ? Math.floor(at + 0.1) : Math.ceil(at - 0.1)) + cells); // a value has three digits
}

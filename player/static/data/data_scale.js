/** How a table becomes a picture: its frame, its points in pixels, and the lines that two parameters draw in it. */
import { MARGIN } from '../core/frame.js';
import { lineWithin } from './lines.js';

/** @import { Box, Line } from './lines.js' */
/** @import { Data } from '../core/types.js' */
/** @typedef {ReturnType<typeof scaleOf> & {rows?: HTMLCanvasElement}} DataScale `rows`: all of them, painted once */
/** @typedef {{at: number, slope: number}} Affine a factor as a function of a column: at 0, and for each unit */

const ROOM = 0.08; // around the data, in shares of their range
const NAMES = 18; // pixels above the picture for the name of what goes up

/**
 * @param {Data} data
 * @param {number} width
 * @param {number} height
 */
export function scaleOf(data, width, height) {
  const box = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top + NAMES, bottom: height - MARGIN.bottom };
  const xs = roomy([...data.x, ...(data.heldOut?.x ?? [])]);
  const ys = roomy([...data.y, ...(data.heldOut?.y ?? [])]);
  /** @type {(value: number) => number} */
  const x = (value) => box.left + ((value - xs[0]) / (xs[1] - xs[0])) * (box.right - box.left);
  /** @type {(value: number) => number} */
  const y = (value) => box.bottom - ((value - ys[0]) / (ys[1] - ys[0])) * (box.bottom - box.top);
  const points = { px: data.x.map(x), py: data.y.map(y), radius: radius(data, width), heldOut: data.heldOut && { px: data.heldOut.x.map(x), py: data.heldOut.y.map(y) } };
  return { data, width, height, box, xs, ys, x, y, ...points, model: modelOf(data) };
}

/** @type {(values: number[]) => [number, number]} */
function roomy(values) {
  const [low, high] = values.reduce(([least, greatest], value) => [Math.min(least, value), Math.max(greatest, value)], [Infinity, -Infinity]);
  const room = ROOM * (high - low || Math.abs(high) || 1);
  return [low - room, high + room];
}

/**
 * The radius of a mark, smaller for more rows: about 3 pixels for 272 rows, 2.5 for 1,000, 1.7 for 5,000.
 * @type {(data: Data, width: number) => number}
 */
const radius = ({ x, heldOut }, width) => Math.min(width < 420 ? 3.4 : 4, 11 * (x.length + (heldOut?.x.length ?? 0)) ** -0.22);

/**
 * The lines that two parameters draw, where the picture shows them: one for each group of rows, from left to right.
 * @type {(scale: DataScale, p1: number, p2: number) => (Line | null)[]}
 */
export function fitLines({ box, xs, ys, x, y, model }, p1, p2) {
  const centre = (xs[0] + xs[1]) / 2;
  const { at, slope } = model.first;
  const rise = (slope * p1 * (xs[1] - xs[0]) * (box.bottom - box.top)) / (ys[1] - ys[0]);
  return model.offsets.map((second) =>
    lineWithin(box, [x(centre), y((at + slope * centre) * p1 + second * p2)], [box.right - box.left, -rise]),
  );
}

/**
 * Where a classifier's prediction, before the sigmoid, is `level`; null outside the picture.
 * @type {(scale: DataScale, p1: number, p2: number, level: number) => Line | null}
 */
export function boundary({ box, xs, ys, x, y, model }, p1, p2, level) {
  const [across, up] = [model.first.slope * p1 * (xs[1] - xs[0]), model.second.slope * p2 * (ys[1] - ys[0])];
  const left = level - (model.first.at + model.first.slope * xs[0]) * p1 - (model.second.at + model.second.slope * ys[0]) * p2;
  const off = (left - (across + up) / 2) / (across ** 2 + up ** 2); // from the middle, in shares of the picture
  if (!Number.isFinite(off)) return null;
  const place = [x(xs[0] + (0.5 + off * across) * (xs[1] - xs[0])), y(ys[0] + (0.5 + off * up) * (ys[1] - ys[0]))];
  return lineWithin(box, place, [up * (box.right - box.left), across * (box.bottom - box.top)]);
}

/** @type {Affine} */
const NONE = { at: 0, slope: 0 };

/**
 * How a prediction depends on the columns: for classes both factors do, else the second only shifts the line.
 * @type {(data: Data) => {first: Affine, second: Affine, offsets: number[]}}
 */
function modelOf({ kind, x, y, a1, a2, groups }) {
  const first = affine(a1, x);
  if (kind === 'classes') return { first, second: affine(a2, y), offsets: [] };
  const rows = kind === 'rare' ? [0, 1].map((group) => groups?.indexOf(group) ?? -1) : [0];
  return { first, second: NONE, offsets: rows.filter((row) => row >= 0).map((row) => a2[row]) };
}

/**
 * What a parameter is multiplied by, as a function of a column: at 0, and for each unit.
 * @type {(factors: ArrayLike<number>, column: Float64Array) => Affine}
 */
function affine(factors, column) {
  const low = column.indexOf(Math.min(...column));
  const high = column.indexOf(Math.max(...column));
  const slope = column[high] > column[low] ? (factors[high] - factors[low]) / (column[high] - column[low]) : 0;
  return { at: factors[low] - slope * column[low], slope };
}

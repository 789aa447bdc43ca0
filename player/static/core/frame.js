/** The map's window on the landscape, and the way from coordinates to pixels and back. */
import { emit } from './events.js';
import { currentLandscape } from './store.js';

/** @import { Point } from './types.js' */

export const MARGIN = { left: 40, right: 6, top: 6, bottom: 26 };
const DEEPEST = 1e4;
const WIDEST = 4;

/**
 * The visible range of each coordinate, and the map's size in pixels.
 * @type {{x: [number, number], y: [number, number], width: number, height: number}}
 */
export const frame = { x: [0, 1], y: [0, 1], width: 0, height: 0 };

const inner = () => ({
  width: frame.width - MARGIN.left - MARGIN.right,
  height: frame.height - MARGIN.top - MARGIN.bottom,
});

/**
 * Coordinate to pixel.
 * @type {(x: number) => number}
 */
export const toX = (x) => MARGIN.left + ((x - frame.x[0]) / (frame.x[1] - frame.x[0])) * inner().width;
/** @type {(y: number) => number} */
export const toY = (y) => MARGIN.top + ((frame.y[1] - y) / (frame.y[1] - frame.y[0])) * inner().height;

/** @type {(range: Point, share: number) => number} */
const along = ([low, high], share) => Number((low + (high - low) * share).toPrecision(6));

/** @type {(range: Point, change: (edge: number) => number) => Point} */
const mapped = ([low, high], change) => [change(low), change(high)];

/**
 * Pixel to coordinates, kept inside the picture.
 * @type {(px: number, py: number) => Point}
 */
export function toPoint(px, py) {
  const { width, height } = inner();
  const across = Math.max(0, Math.min(1, (px - MARGIN.left) / width));
  const up = Math.max(0, Math.min(1, 1 - (py - MARGIN.top) / height));
  return [along(frame.x, across), along(frame.y, up)];
}

/** Show the whole domain. */
export function fitDomain() {
  const [x, y] = currentLandscape().domain;
  Object.assign(frame, { x: [...x], y: [...y] });
  emit('zoom');
}

/**
 * Zoom by a factor around a pixel: above 1 goes closer.
 * @type {(factor: number, px: number, py: number) => void}
 */
export function zoom(factor, px, py) {
  const [x, y] = toPoint(px, py);
  const [[left, right]] = currentLandscape().domain;
  const size = (frame.x[1] - frame.x[0]) / (right - left);
  const bounded = Math.max(size / WIDEST, Math.min(factor, size * DEEPEST));
  frame.x = mapped(frame.x, (edge) => x + (edge - x) / bounded);
  frame.y = mapped(frame.y, (edge) => y + (edge - y) / bounded);
  emit('zoom');
}

/**
 * Move the window by so many pixels.
 * @type {(dx: number, dy: number) => void}
 */
export function pan(dx, dy) {
  const { width, height } = inner();
  const right = (-dx / width) * (frame.x[1] - frame.x[0]);
  const up = (dy / height) * (frame.y[1] - frame.y[0]);
  frame.x = mapped(frame.x, (edge) => edge + right);
  frame.y = mapped(frame.y, (edge) => edge + up);
  emit('zoom');
}

/** Whether the map is zoomed at all. */
export const isZoomed = () =>
  [frame.x, frame.y].some((range, axis) => range.some((edge, end) => edge !== currentLandscape().domain[axis][end]));

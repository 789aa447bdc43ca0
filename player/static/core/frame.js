/** Where the map's window on the landscape is, and how coordinates become pixels. */
import { emit, state } from './store.js';

export const MARGIN = { left: 40, right: 6, top: 6, bottom: 26 };
const DEEPEST = 1e4;
const WIDEST = 4;

/** The visible range of each coordinate, and the map's size in pixels. */
export const frame = { x: [0, 1], y: [0, 1], width: 0, height: 0 };

const inner = () => ({
  width: frame.width - MARGIN.left - MARGIN.right,
  height: frame.height - MARGIN.top - MARGIN.bottom,
});

/** Coordinate to pixel. */
export const toX = (x) => MARGIN.left + ((x - frame.x[0]) / (frame.x[1] - frame.x[0])) * inner().width;
export const toY = (y) => MARGIN.top + ((frame.y[1] - y) / (frame.y[1] - frame.y[0])) * inner().height;

const along = ([low, high], share) => Number((low + (high - low) * share).toPrecision(6));

/** Pixel to coordinates, kept inside the picture. */
export function toPoint(px, py) {
  const { width, height } = inner();
  const across = Math.max(0, Math.min(1, (px - MARGIN.left) / width));
  const up = Math.max(0, Math.min(1, 1 - (py - MARGIN.top) / height));
  return [along(frame.x, across), along(frame.y, up)];
}

/** Show the whole domain. */
export function fitDomain() {
  [frame.x, frame.y] = state.landscape.domain.map((range) => [...range]);
  emit('zoom');
}

/** Zoom by a factor around a pixel: above 1 goes closer. */
export function zoom(factor, px, py) {
  const [x, y] = toPoint(px, py);
  const size = (frame.x[1] - frame.x[0]) / (state.landscape.domain[0][1] - state.landscape.domain[0][0]);
  const bounded = Math.max(size / WIDEST, Math.min(factor, size * DEEPEST));
  frame.x = frame.x.map((edge) => x + (edge - x) / bounded);
  frame.y = frame.y.map((edge) => y + (edge - y) / bounded);
  emit('zoom');
}

/** Move the window by so many pixels. */
export function pan(dx, dy) {
  const { width, height } = inner();
  const right = (-dx / width) * (frame.x[1] - frame.x[0]);
  const up = (dy / height) * (frame.y[1] - frame.y[0]);
  frame.x = frame.x.map((edge) => edge + right);
  frame.y = frame.y.map((edge) => edge + up);
  emit('zoom');
}

/** Whether the map is zoomed at all. */
export const isZoomed = () =>
  [frame.x, frame.y].some((range, axis) => range.some((edge, end) => edge !== state.landscape.domain[axis][end]));

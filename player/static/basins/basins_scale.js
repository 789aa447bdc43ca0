/** Where a point of the landscape lies on a map of basins, and back. */

/** @import { Point } from '../core/types.js' */
/** @typedef {ReturnType<typeof basinScale>} BasinScale */

export const ROOM = { left: 30, right: 5, top: 5, bottom: 20 };

/** @type {(range: Point, share: number) => number} */
const along = ([low, high], share) => Number((low + (high - low) * Math.max(0, Math.min(1, share))).toPrecision(6));

/**
 * @param {[[number, number], [number, number]]} domain
 * @param {number} width of the canvas
 */
export function basinScale(domain, width) {
  const size = width - ROOM.left - ROOM.right;
  const box = { left: ROOM.left, top: ROOM.top, right: ROOM.left + size, bottom: ROOM.top + size, size };
  const [[x0, x1], [y0, y1]] = domain;
  /** @type {(value: number) => number} */
  const x = (value) => box.left + ((value - x0) / (x1 - x0)) * size;
  /** @type {(value: number) => number} */
  const y = (value) => box.bottom - ((value - y0) / (y1 - y0)) * size;
  /** @type {(px: number, py: number) => Point} */
  const point = (px, py) => [along(domain[0], (px - box.left) / size), along(domain[1], (box.bottom - py) / size)];
  return { domain, box, x, y, point, width, height: box.bottom + ROOM.bottom };
}

/** Where a point of the landscape lies on a map of basins, and back. */

export const ROOM = { left: 30, right: 5, top: 5, bottom: 20 };

const along = ([low, high], share) => Number((low + (high - low) * Math.max(0, Math.min(1, share))).toPrecision(6));

/**
 * @param {[[number, number], [number, number]]} domain
 * @param {number} width of the canvas
 */
export function basinScale(domain, width) {
  const size = width - ROOM.left - ROOM.right;
  const box = { left: ROOM.left, top: ROOM.top, right: ROOM.left + size, bottom: ROOM.top + size, size };
  const [[x0, x1], [y0, y1]] = domain;
  const x = (value) => box.left + ((value - x0) / (x1 - x0)) * size;
  const y = (value) => box.bottom - ((value - y0) / (y1 - y0)) * size;
  const point = (px, py) => [along(domain[0], (px - box.left) / size), along(domain[1], (box.bottom - py) / size)];
  return { domain, box, x, y, point, width, height: box.bottom + ROOM.bottom };
}

/** Contour lines by marching squares: every cell of a grid gives the pieces of line that cross it. */

/** @typedef {{columns: number, rows: number, values: Float64Array}} Grid row by row */

/** Pieces of line as a path for the screen, which remembers how it would be written in an SVG. */
class Pieces extends Path2D {
  /** @type {number[][]} */
  pieces = [];

  /** @type {(x1: number, y1: number, x2: number, y2: number) => void} */
  add(x1, y1, x2, y2) {
    this.moveTo(x1, y1);
    this.lineTo(x2, y2);
    this.pieces.push([x1, y1, x2, y2]);
  }
}

/**
 * @param {Grid} grid
 * @param {number[]} levels
 * @param {(column: number) => number} toX column, which may lie between two, to pixel
 * @param {(row: number) => number} toY
 * @returns {Pieces}
 */
export function contours(grid, levels, toX, toY) {
  const path = new Pieces();
  for (const [x1, y1, x2, y2] of segments(grid, levels)) path.add(toX(x1), toY(y1), toX(x2), toY(y2));
  return path;
}

/**
 * The pieces of line in columns and rows, cell after cell.
 * @type {(grid: Grid, levels: number[]) => [number, number, number, number][]}
 */
export function segments(grid, levels) {
  /** @type {[number, number, number, number][]} */
  const pieces = [];
  for (let row = 0; row < grid.rows - 1; row++) {
    for (let column = 0; column < grid.columns - 1; column++) {
      const corners = cornersOf(grid, column, row);
      const [low, high] = [Math.min(...corners), Math.max(...corners)];
      for (const level of levels) {
        if (level <= low || level > high) continue;
        const crossed = crossings(corners, level);
        for (let i = 0; i + 1 < crossed.length; i += 2) {
          const [[x1, y1], [x2, y2]] = [crossed[i], crossed[i + 1]];
          pieces.push([column + x1, row + y1, column + x2, row + y2]);
        }
      }
    }
  }
  return pieces;
}

/**
 * The four values of a cell, around it.
 * @type {(grid: Grid, column: number, row: number) => [number, number, number, number]}
 */
function cornersOf({ columns, values }, column, row) {
  const at = row * columns + column;
  return [values[at], values[at + 1], values[at + columns + 1], values[at + columns]];
}

/**
 * Where a level crosses the sides of a cell, (across, up) in shares of it: two places, or four at a saddle.
 * @type {(corners: [number, number, number, number], level: number) => [number, number][]}
 */
function crossings([a, b, c, d], level) {
  /** @type {[number, number][]} */
  const places = [];
  /** @type {(one: number, other: number, place: (share: number) => [number, number]) => void} */
  const between = (one, other, place) => {
    if (one < level !== other < level) places.push(place((level - one) / (other - one)));
  };
  between(a, b, (share) => [share, 0]);
  between(b, c, (share) => [1, share]);
  between(d, c, (share) => [share, 1]);
  between(a, d, (share) => [0, share]);
  return places;
}

/** Straight lines without ends, and the piece of one that a box shows. */

/** @typedef {{left: number, right: number, top: number, bottom: number}} Box */
/** @typedef {[number, number, number, number]} Line x and y of one end, then of the other */

/**
 * Both ends, from left to right; null if it passes by.
 * @type {(box: Box, place: number[], direction: number[]) => Line | null}
 */
export function lineWithin(box, [x, y], [dx, dy]) {
  const [across, up] = [within(x, dx, box.left, box.right), within(y, dy, box.top, box.bottom)];
  const [first, last] = [Math.max(across[0], up[0]), Math.min(across[1], up[1])];
  if (!(first < last) || !Number.isFinite(last - first)) return null;
  /** @type {Line} */
  const ends = [x + dx * first, y + dy * first, x + dx * last, y + dy * last];
  return dx < 0 ? [ends[2], ends[3], ends[0], ends[1]] : ends;
}

/**
 * For which multiples of a step a coordinate is between two walls.
 * @type {(from: number, step: number, low: number, high: number) => [number, number]}
 */
function within(from, step, low, high) {
  if (step === 0) return from >= low && from <= high ? [-Infinity, Infinity] : [0, 0];
  const passed = [(low - from) / step, (high - from) / step];
  return [Math.min(...passed), Math.max(...passed)];
}

/** @type {(context: import('../core/types.js').Context, line: Line) => void} */
export function strokeLine(context, [x1, y1, x2, y2]) {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

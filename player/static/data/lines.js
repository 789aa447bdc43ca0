/** Straight lines without ends, and the piece of one that a box shows. */

/**
 * @param {{left: number, right: number, top: number, bottom: number}} box
 * @param {[number, number]} place
 * @param {[number, number]} direction
 * @returns {[number, number, number, number] | null} both ends, from left to right; null if it passes by
 */
export function lineWithin(box, [x, y], [dx, dy]) {
  const [first, last] = [within(x, dx, box.left, box.right), within(y, dy, box.top, box.bottom)].reduce(
    (one, other) => [Math.max(one[0], other[0]), Math.min(one[1], other[1])],
  );
  if (!(first < last) || !Number.isFinite(last - first)) return null;
  const ends = [x + dx * first, y + dy * first, x + dx * last, y + dy * last];
  return dx < 0 ? [ends[2], ends[3], ends[0], ends[1]] : ends;
}

/** For which multiples of a step a coordinate is between two walls. */
function within(from, step, low, high) {
  if (step === 0) return from >= low && from <= high ? [-Infinity, Infinity] : [0, 0];
  const passed = [(low - from) / step, (high - from) / step];
  return [Math.min(...passed), Math.max(...passed)];
}

/** @param {CanvasRenderingContext2D} context */
export function strokeLine(context, [x1, y1, x2, y2]) {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

/** The axes of a small chart: ticks at round numbers, or at powers of ten on a log scale. */
import { formatNumber, power } from './numbers.js';
import { ground, theme } from './theme.js';

export const PAD = { left: 44, right: 8, top: 6, bottom: 20 };

/** @typedef {[number, string]} Tick where it is, and what it says */

/**
 * @typedef {object} ChartAxes steps go from 0, or on a log scale from `first`, above 0, to `last`
 * @property {(step: number) => number} x
 * @property {(value: number) => number} y
 * @property {number} low
 * @property {number} high
 * @property {boolean} log
 * @property {number} steps
 * @property {number} [first]
 * @property {number} [last]
 */

/** @type {(context: CanvasRenderingContext2D, scale: ChartAxes, width: number, height: number) => void} */
export function paintAxes(context, scale, width, height) {
  context.font = `11px ${theme.font}`;
  context.fillStyle = ground().muted;
  context.strokeStyle = ground().hairline;
  context.lineWidth = 1;
  context.textAlign = 'right';
  for (const [value, text] of scale.log ? decades(scale.low, scale.high) : evenTicks(scale.low, scale.high)) {
    const y = Math.round(scale.y(value)) + 0.5;
    context.beginPath();
    context.moveTo(PAD.left, y);
    context.lineTo(width - PAD.right, y);
    context.stroke();
    context.fillText(text, PAD.left - 6, y + 3.5);
  }
  context.textAlign = 'center';
  const { first = 0, last = 0 } = scale;
  for (const [value, text] of first > 0 ? decades(first, last) : wholes(scale.steps)) {
    context.fillText(text, scale.x(value), height - 5);
  }
}

/** @type {(low: number, high: number) => Tick[]} */
const evenTicks = (low, high) => niceTicks(low, high, 3).map((tick) => [tick, formatNumber(tick, 2)]);

/** @type {(last: number) => Tick[]} */
const wholes = (last) => niceTicks(0, last, 4).filter(Number.isInteger).map((tick) => [tick, String(tick)]);

/**
 * Powers of ten, or 1, 2, 5 and so on where the range is too short for them.
 * @type {(low: number, high: number) => Tick[]}
 */
export function decades(low, high) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  if (last - first < 1) return short(low, high);
  const every = Math.max(1, Math.ceil((last - first) / 5));
  const exponents = Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, i) => last - i * every);
  return exponents.map((exponent) => [10 ** exponent, power(exponent)]);
}

/** @type {(low: number, high: number) => Tick[]} */
function short(low, high) {
  const exponents = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(low))];
  const ticks = exponents.flatMap((exponent) => [1, 2, 5].map((digit) => digit * 10 ** exponent));
  return ticks.filter((tick, i) => tick >= low && tick <= high && ticks.indexOf(tick) === i).map((tick) => [tick, formatNumber(tick, 2)]);
}

/**
 * Round numbers from low to high, about so many.
 * @type {(low: number, high: number, count: number) => number[]}
 */
export function niceTicks(low, high, count) {
  const rough = (high - low || 1) / count;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const size = unit * ([1, 2, 2.5, 5].find((factor) => factor * unit >= rough) ?? 10);
  const first = Math.ceil(low / size - 1e-9);
  return Array.from({ length: Math.floor(high / size + 1e-9) - first + 1 }, (_, i) => (first + i) * size);
}

/** The axes of a small chart: ticks at round numbers, or at powers of ten on a log scale. */
import { formatNumber, power } from './numbers.js';
import { ground, theme } from './theme.js';

export const PAD = { left: 44, right: 8, top: 6, bottom: 20 };

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{y: (value: number) => number, x: (step: number) => number, low: number, high: number, log: boolean,
 *   steps?: number, first?: number, last?: number}} scale steps from 0, or a log scale from `first` above 0
 */
export function paintAxes(context, scale, width, height) {
  context.font = `11px ${theme.font}`;
  context.fillStyle = ground().muted;
  context.strokeStyle = ground().hairline;
  context.lineWidth = 1;
  context.textAlign = 'right';
  for (const [value, text] of scale.log ? decades(scale) : niceTicks(scale.low, scale.high, 3).map((tick) => [tick, formatNumber(tick, 2)])) {
    const y = Math.round(scale.y(value)) + 0.5;
    context.beginPath();
    context.moveTo(PAD.left, y);
    context.lineTo(width - PAD.right, y);
    context.stroke();
    context.fillText(text, PAD.left - 6, y + 3.5);
  }
  context.textAlign = 'center';
  for (const [value, text] of scale.first > 0 ? decades({ low: scale.first, high: scale.last }) : wholes(scale.steps)) {
    context.fillText(text, scale.x(value), height - 5);
  }
}

const wholes = (last) => niceTicks(0, last, 4).filter(Number.isInteger).map((tick) => [tick, String(tick)]);

/** Powers of ten, or 1, 2, 5 and so on where the range is too short for them. */
function decades({ low, high }) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  if (last - first < 1) return short(low, high);
  const every = Math.max(1, Math.ceil((last - first) / 5));
  const exponents = Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, i) => last - i * every);
  return exponents.map((exponent) => [10 ** exponent, power(exponent)]);
}

function short(low, high) {
  const exponents = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(low))];
  const ticks = exponents.flatMap((exponent) => [1, 2, 5].map((digit) => digit * 10 ** exponent));
  return ticks.filter((tick, i) => tick >= low && tick <= high && ticks.indexOf(tick) === i).map((tick) => [tick, formatNumber(tick, 2)]);
}

/** Round numbers from low to high, about so many. */
export function niceTicks(low, high, count) {
  const rough = (high - low || 1) / count;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const size = [1, 2, 2.5, 5, 10].map((factor) => factor * unit).find((candidate) => candidate >= rough);
  const first = Math.ceil(low / size - 1e-9);
  return Array.from({ length: Math.floor(high / size + 1e-9) - first + 1 }, (_, i) => (first + i) * size);
}

/** Where a value lies on a slider of a thousand notches, and back. */

/** @typedef {{low: number, high: number, log: boolean, step: number}} Slide */

export const NOTCHES = 1000;

/** @type {(slide: Slide, value: number) => number} */
export function toNotch({ low, high, log }, value) {
  const share = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.max(0, Math.min(NOTCHES, Math.round(NOTCHES * share)));
}

/** @type {(slide: Slide, notch: number) => number} */
export function fromNotch({ low, high, log, step }, notch) {
  if (log) return Number((low * (high / low) ** (notch / NOTCHES)).toPrecision(3));
  const value = low + ((high - low) * notch) / NOTCHES;
  return Number(Math.min(high, Math.round(value / step) * step).toPrecision(6));
}

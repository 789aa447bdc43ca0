/** Numbers as text on the screen, and back. */

/** @type {Record<string, string>} */
const SUPERSCRIPT = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };

/**
 * 10 to the power of a whole number.
 * @type {(exponent: number) => string}
 */
export const power = (exponent) =>
  exponent === 0 ? '1' : `10${[...String(exponent)].map((sign) => SUPERSCRIPT[sign]).join('')}`;

/**
 * A number with `digits` significant digits, below 0.0001 and from a million on in powers of ten, as `brief` in
 * experiment/words.py writes it.
 * @type {(value: number | null | undefined, digits?: number) => string}
 */
export function formatNumber(value, digits = 4) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (value === 0) return '0';
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e').map(Number); // as they are once it is rounded
  const isPlain = exponent >= -4 && exponent < 6;
  const text = isPlain ? String(Number(value.toPrecision(digits))) : `${mantissa}·${power(exponent)}`;
  return text.replace('-', '−');
}

/**
 * Thousands set apart by thin spaces.
 * @type {(value: number) => string}
 */
export const grouped = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ' ');

/**
 * A number as a hand types it, with a comma or a true minus too; NaN if it is none.
 * @type {(text: string) => number}
 */
export const typedNumber = (text) => (text.trim() === '' ? NaN : Number(text.trim().replace(',', '.').replace('−', '-')));

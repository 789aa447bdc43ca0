/** How numbers are written on screen. */

const SUPERSCRIPT = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };

/** 10 to the power of a whole number. */
export const power = (exponent) =>
  exponent === 0 ? '1' : `10${[...String(exponent)].map((sign) => SUPERSCRIPT[sign]).join('')}`;

/** A number with so many significant digits, in powers of ten if very large or small. */
export function brief(value, digits = 4) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (value === 0) return '0';
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (exponent > 5 || exponent < -4) {
    const [mantissa, power10] = value.toExponential(Math.max(0, Math.min(2, digits - 1))).split('e');
    return `${Number(mantissa)}·${power(Number(power10))}`.replace('-', '−');
  }
  return String(Number(value.toPrecision(digits))).replace('-', '−');
}

/** Thousands set apart by thin spaces. */
export const grouped = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ' ');

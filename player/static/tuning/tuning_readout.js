/** Above the tuning map: the cross-hair's values, which can be typed; below: what becomes of it, or of the cell pointed at. */
import { formatSetting, cellOutcome } from './tuning_data.js';
import { part, partOf, parts } from '../core/dom.js';
import { typedNumber } from '../core/numbers.js';
import { goTo, placeNow } from './tuning_hand.js';
import { cellOf } from './tuning_scale.js';

/** @import { Axis } from '../wire/messages.js' */
/** @import { Point } from '../core/types.js' */
/** @import { Plane } from './tuning_types.js' */

const HINT = 'Drag on the map; arrow keys move by a cell, a double-click goes to the best one.';

/**
 * Attach the read-out. Returns a function that shows other values.
 * @type {(head: HTMLElement) => (plane: Plane, place: Point) => void}
 */
export function attachValues(head) {
  const fields = parts(head, 'label').map((label) => ({ name: part(label, 'span'), typed: partOf(HTMLInputElement, label, 'input') }));
  /** @type {Axis[]} */
  let axes = [];
  /** @type {(i: number) => void} */
  const type = (i) => {
    const { typed } = fields[i];
    const place = placeNow();
    const value = typedNumber(typed.value);
    const fine = isOn(axes[i], value);
    const { low, high, whole } = axes[i];
    typed.setCustomValidity(fine ? '' : `A ${whole ? 'whole ' : ''}number from ${low} to ${high}.`);
    typed.reportValidity();
    if (fine && place && value !== place[i]) goTo(i === 0 ? [value, place[1]] : [place[0], value]);
  };
  /** @type {(i: number) => void} */
  const reset = (i) => {
    fields[i].typed.setCustomValidity('');
    fields[i].typed.value = String(placeNow()?.[i] ?? '');
  };
  fields.forEach(({ typed }, i) => {
    typed.addEventListener('change', () => type(i));
    typed.addEventListener('focus', () => typed.select());
    typed.addEventListener('blur', () => typed.checkValidity() || reset(i));
    typed.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape') return;
      reset(i);
      typed.blur();
    });
  });
  return (plane, place) => {
    axes = plane.axes;
    fields.forEach(({ name, typed }, i) => {
      const { symbol, label } = axes[i];
      name.textContent = symbol || label;
      typed.setAttribute('aria-label', label);
      if (document.activeElement !== typed) typed.value = String(place[i]);
    });
  };
}

/** @type {(axis: Axis, value: number) => boolean} */
const isOn = ({ low, high, whole }, value) => value >= low && value <= high && (!whole || Number.isInteger(value));

/**
 * @param {HTMLElement} line
 * @param {Plane} plane
 * @param {number} hover the cell under the hand, or −1
 */
export function showOutcome(line, plane, hover) {
  const text = hover < 0 ? HINT : `${cellWords(plane, hover)}: ${cellOutcome(plane, hover)}`;
  if (line.textContent !== text) line.textContent = text;
}

/**
 * The settings of a cell.
 * @type {(plane: Plane, cell: number) => string}
 */
const cellWords = ({ axes, columns }, cell) =>
  [axes[0].values[cell % columns], axes[1].values[Math.floor(cell / columns)]].map((value, i) => formatSetting(axes[i], value)).join(', ');

/**
 * For a screen reader: where the cross-hair is, and what becomes of the descent there.
 * @type {(canvas: HTMLCanvasElement, plane: Plane, place: Point) => void}
 */
export function describe(canvas, plane, place) {
  const cell = cellOf(plane, place);
  const where = place.map((value, i) => formatSetting(plane.axes[i], value)).join(', ');
  canvas.setAttribute('aria-valuetext', `${where}: ${cell < 0 ? 'beyond the map' : cellOutcome(plane, cell)}`);
}

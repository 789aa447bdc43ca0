/** Above the tuning map: the cross-hair's values, which can be typed; below: what becomes of it, or of the cell pointed at. */
import { formatSetting, cellOutcome } from './tuning_data.js';
import { goTo, placeNow } from './tuning_hand.js';
import { cellOf } from './tuning_scale.js';

const HINT = 'Drag on the map; arrow keys move by a cell, a double-click goes to the best one.';

/** @param {HTMLElement} head */
export function attachValues(head) {
  const fields = [...head.querySelectorAll('label')].map((label) => ({ label, typed: label.querySelector('input') }));
  let axes = null;
  const type = (i) => {
    const { typed } = fields[i];
    const value = Number(typed.value.trim().replace(',', '.').replace('−', '-'));
    const { low, high, whole } = axes[i];
    const fine = typed.value.trim() !== '' && value >= low && value <= high && (!whole || Number.isInteger(value));
    typed.setCustomValidity(fine ? '' : `A ${whole ? 'whole ' : ''}number from ${low} to ${high}.`);
    typed.reportValidity();
    if (fine && value !== placeNow()[i]) goTo(placeNow().map((now, k) => (k === i ? value : now)));
  };
  const reset = (i) => {
    fields[i].typed.setCustomValidity('');
    fields[i].typed.value = String(placeNow()[i]);
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
    fields.forEach(({ label, typed }, i) => {
      const { symbol, label: name } = axes[i];
      label.querySelector('span').textContent = symbol || name;
      typed.setAttribute('aria-label', name);
      if (document.activeElement !== typed) typed.value = String(place[i]);
    });
  };
}

/**
 * @param {HTMLElement} line
 * @param {import('./tuning_types.js').Plane} plane
 * @param {number} hover the cell under the hand, or −1
 */
export function showOutcome(line, plane, hover) {
  const text = hover < 0 ? HINT : `${cellWords(plane, hover)}: ${cellOutcome(plane, hover)}`;
  if (line.textContent !== text) line.textContent = text;
}

/** The settings of a cell. */
const cellWords = ({ axes, columns }, cell) =>
  [axes[0].values[cell % columns], axes[1].values[Math.floor(cell / columns)]].map((value, i) => formatSetting(axes[i], value)).join(', ');

/** For a screen reader: where the cross-hair is, and what becomes of the descent there. */
export function describe(canvas, plane, place) {
  const cell = cellOf(plane, place);
  const where = place.map((value, i) => formatSetting(plane.axes[i], value)).join(', ');
  canvas.setAttribute('aria-valuetext', `${where}: ${cell < 0 ? 'beyond the map' : cellOutcome(plane, cell)}`);
}

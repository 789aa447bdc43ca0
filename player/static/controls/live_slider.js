/** A native range input that acts while it is dragged, with a log scale, marks, and a value that can be typed. */
import { mountOf } from '../core/component_registry.js';
import { part, partOf } from '../core/dom.js';
import { formatNumber, typedNumber } from '../core/numbers.js';
import { fromNotch, NOTCHES, toNotch } from './slider_scale.js';
import { throttle } from '../core/throttle.js';

/** @import { SliderPayload } from '../wire/messages.js' */
/** @import { Mount } from '../core/types.js' */

const HTML = `
  <div class="descent-slider-head">
    <label></label><input type="text" inputmode="decimal" autocomplete="off" spellcheck="false">
  </div>
  <input class="descent-range" type="range" min="0" max="${NOTCHES}" step="1">
  <div class="descent-marks"></div>`;

let count = 0;
export const mountLiveSlider = mountOf(create);

/** @type {(parent: HTMLElement, first: Mount<SliderPayload>) => import('../core/component_registry.js').View<SliderPayload>} */
function create(parent, first) {
  const root = document.createElement('div');
  root.className = 'descent-slider';
  root.innerHTML = HTML;
  parent.append(root);
  const [label, marks] = [partOf(HTMLLabelElement, root, 'label'), part(root, '.descent-marks')];
  const [typed, range] = ['[type=text]', '[type=range]'].map((selector) => partOf(HTMLInputElement, root, selector));
  range.id = `descent-slider-${(count += 1)}`;
  label.htmlFor = range.id;
  let mount = first;
  let { data } = first;
  let isDragged = false;
  /** @type {number | null} */
  let sent = null;

  const send = throttle((value) => mount.setStateValue('value', value));
  /** @type {(value: number) => void} */
  const show = (value) => {
    const notch = toNotch(data, value);
    range.value = String(notch);
    range.style.setProperty('--share', String(notch / NOTCHES));
    range.setAttribute('aria-valuetext', formatNumber(value, 3));
    if (document.activeElement !== typed) typed.value = String(value);
  };
  /** @type {(value: number) => void} */
  const change = (value) => {
    sent = value;
    show(value);
    send(value);
  };
  const type = () => {
    const value = typedNumber(typed.value);
    const fine = value >= data.low && value <= data.high;
    typed.setCustomValidity(fine ? '' : `A number from ${data.low} to ${data.high}.`);
    typed.reportValidity();
    if (fine && value !== data.value) change(value);
  };
  const reset = () => {
    typed.value = String(data.value);
  };
  range.addEventListener('pointerdown', () => (isDragged = true));
  range.addEventListener('input', () => change(fromNotch(data, Number(range.value))));
  range.addEventListener('keydown', (event) => far(event, range, () => change(fromNotch(data, Number(range.value)))));
  ['pointerup', 'pointercancel', 'blur'].forEach((event) => range.addEventListener(event, () => (isDragged = false)));
  range.addEventListener('dblclick', () => change(data.default));
  attachTyped(typed, type, reset);

  /** @type {(next: Mount<SliderPayload>) => void} */
  const update = (next) => {
    mount = next;
    data = next.data;
    showWords(label, range, typed, data);
    showMarks(marks, data);
    if (data.value === sent) sent = null;
    if (!isDragged && sent === null) show(data.value);
    if (!isDragged) sent = null;
  };
  return { update, remove: () => root.remove() };
}

/**
 * The field for typing a value. Enter or leaving the field accepts it, Escape restores the old one.
 * @type {(typed: HTMLInputElement, type: () => void, reset: () => void) => void}
 */
function attachTyped(typed, type, reset) {
  typed.addEventListener('change', type);
  typed.addEventListener('focus', () => typed.select());
  typed.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    reset();
    typed.blur();
  });
  typed.addEventListener('blur', () => {
    if (typed.checkValidity()) return;
    reset();
    typed.setCustomValidity('');
  });
}

/** @type {(label: HTMLLabelElement, range: HTMLInputElement, typed: HTMLInputElement, data: SliderPayload) => void} */
function showWords(label, range, typed, data) {
  label.textContent = data.label;
  label.title = data.help;
  range.title = `${data.help}. Double-click for ${data.default}.`;
  if (data.symbol) label.append(symbol(data.symbol));
  range.setAttribute('aria-label', data.label);
  typed.setAttribute('aria-label', `Type ${data.symbol}`);
}

/**
 * Page Up and Page Down go a tenth of the way.
 * @type {(event: KeyboardEvent, range: HTMLInputElement, changed: () => void) => void}
 */
function far(event, range, changed) {
  const by = { PageUp: NOTCHES / 10, PageDown: -NOTCHES / 10 }[event.key];
  if (!by) return;
  event.preventDefault();
  range.value = String(Number(range.value) + by);
  changed();
}

/** @type {(text: string) => HTMLElement} */
function symbol(text) {
  const letter = document.createElement('i');
  letter.textContent = text;
  letter.setAttribute('aria-hidden', 'true');
  return letter;
}

/**
 * A tick on the scale for each mark, and their values in a line below.
 * @type {(box: HTMLElement, data: SliderPayload) => void}
 */
function showMarks(box, data) {
  const ticks = data.marks.map(([value, words, style]) => {
    const tick = document.createElement('i');
    tick.style.setProperty('--share', String(toNotch(data, value) / NOTCHES));
    tick.className = `-of-${style}`;
    tick.title = words;
    return tick;
  });
  const line = document.createElement('span');
  line.textContent = data.note || (data.marks.length ? 'limit' : '');
  line.append(...data.marks.map((mark) => markLabel(mark, data.marks.length)));
  box.replaceChildren(...ticks, line);
}

/**
 * Swatch and value; with the formula where there is room for it.
 * @type {(mark: SliderPayload['marks'][number], all: number) => HTMLElement}
 */
function markLabel([value, words, style], all) {
  const label = document.createElement('span');
  label.title = words;
  label.dataset.limit = String(value);
  const swatch = document.createElement('b');
  swatch.className = `-of-${style}`;
  const formula = all < 3 ? `${words.split(': ').at(-1)?.split(' = ')[0]} = ` : '';
  label.append(swatch, `${formula}${formatNumber(value, 2)}`);
  return label;
}

/** A native range input that acts while it is dragged, with a log scale, marks, and a value that can be typed. */
import { throttle } from './throttle.js';
import { mountOf } from './component_registry.js';
import { formatNumber } from './numbers.js';

const NOTCHES = 1000;
const HTML = `
  <div class="descent-slider-head">
    <label></label><input type="text" inputmode="decimal" autocomplete="off" spellcheck="false">
  </div>
  <input class="descent-range" type="range" min="0" max="${NOTCHES}" step="1">
  <div class="descent-marks"></div>`;

let count = 0;
export const mountLiveSlider = mountOf(create);

function create(parent) {
  const root = document.createElement('div');
  root.className = 'descent-slider';
  root.innerHTML = HTML;
  parent.append(root);
  const [label, typed, range, marks] = ['label', '[type=text]', '[type=range]', '.descent-marks'].map((part) => root.querySelector(part));
  range.id = `descent-slider-${(count += 1)}`;
  label.htmlFor = range.id;
  let mount = null;
  let data = null;
  let isDragged = false;
  let sent = null;

  const send = throttle((value) => mount.setStateValue('value', value));
  const show = (value) => {
    const notch = toNotch(data, value);
    range.value = String(notch);
    range.style.setProperty('--share', String(notch / NOTCHES));
    range.setAttribute('aria-valuetext', formatNumber(value, 3));
    if (document.activeElement !== typed) typed.value = String(value);
  };
  const change = (value) => {
    sent = value;
    show(value);
    send(value);
  };
  const type = () => {
    const value = Number(typed.value.trim().replace(',', '.').replace('−', '-'));
    const fine = typed.value.trim() !== '' && value >= data.low && value <= data.high;
    typed.setCustomValidity(fine ? '' : `A number from ${data.low} to ${data.high}.`);
    typed.reportValidity();
    if (fine && value !== data.value) change(value);
  };
  range.addEventListener('pointerdown', () => (isDragged = true));
  range.addEventListener('input', () => change(fromNotch(data, Number(range.value))));
  range.addEventListener('keydown', (event) => far(event, range, () => change(fromNotch(data, Number(range.value)))));
  ['pointerup', 'pointercancel', 'blur'].forEach((event) => range.addEventListener(event, () => (isDragged = false)));
  range.addEventListener('dblclick', () => change(data.default));
  typed.addEventListener('change', type);
  typed.addEventListener('keydown', ({ key }) => key === 'Escape' && ((typed.value = String(data.value)), typed.blur()));
  typed.addEventListener('focus', () => typed.select());
  typed.addEventListener('blur', () => typed.checkValidity() || ((typed.value = String(data.value)), typed.setCustomValidity('')));

  const update = (component) => {
    mount = component;
    data = component.data;
    label.textContent = data.label;
    label.title = data.help;
    range.title = `${data.help}. Double-click for ${data.default}.`;
    if (data.symbol) label.append(symbol(data.symbol));
    range.setAttribute('aria-label', data.label);
    typed.setAttribute('aria-label', `Type ${data.symbol}`);
    showMarks(marks, data);
    if (data.value === sent) sent = null;
    if (!isDragged && sent === null) show(data.value);
    if (!isDragged) sent = null;
  };
  return { update, remove: () => root.remove() };
}

/** Page Up and Page Down go a tenth of the way. */
function far(event, range, changed) {
  const by = { PageUp: NOTCHES / 10, PageDown: -NOTCHES / 10 }[event.key];
  if (!by) return;
  event.preventDefault();
  range.value = String(Number(range.value) + by);
  changed();
}

function symbol(text) {
  const letter = document.createElement('i');
  letter.textContent = text;
  letter.setAttribute('aria-hidden', 'true');
  return letter;
}

/** A tick on the scale for each mark, and their values in a line below. */
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

/** Swatch and value; with the formula where there is room for it. */
function markLabel([value, words, style], all) {
  const part = document.createElement('span');
  part.title = words;
  part.dataset.limit = String(value);
  const swatch = document.createElement('b');
  swatch.className = `-of-${style}`;
  const formula = all < 3 ? `${words.split(': ').pop().split(' = ')[0]} = ` : '';
  part.append(swatch, `${formula}${formatNumber(value, 2)}`);
  return part;
}

function toNotch({ low, high, log }, value) {
  const share = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.max(0, Math.min(NOTCHES, Math.round(NOTCHES * share)));
}

function fromNotch({ low, high, log, step }, notch) {
  if (log) return Number((low * (high / low) ** (notch / NOTCHES)).toPrecision(3));
  const value = low + ((high - low) * notch) / NOTCHES;
  return Number(Math.min(high, Math.round(value / step) * step).toPrecision(6));
}

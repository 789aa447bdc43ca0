/** The head over the data: whose batch is shown, the switch for the batch's own surface, and the present numbers. */
import { between } from '../core/canvas.js';
import { partOf, part, parts } from '../core/dom.js';
import { attachRacerPicker } from './racer_picker.js';
import { chosenRacer, stepUnderWay } from './chosen_racer.js';
import { scores } from './losses.js';
import { formatNumber, grouped } from '../core/numbers.js';
import { placeOf } from './batch_rows.js';
import { on } from '../core/events.js';
import { currentLandscape, state, toggleBatchSurface } from '../core/store.js';

/** @import { Batches } from './batch_rows.js' */

const WHOLE = 'The surface of the full batch is the map itself';
const OWN = 'Thin lines on the map: the loss of this step’s batch alone, which is what the step goes down';

/** @type {(root: HTMLElement) => {read: () => void, remove: () => void}} */
export function attachDataHead(root) {
  const removePicker = attachRacerPicker(part(root, '.descent-chips'));
  const own = partOf(HTMLButtonElement, root, '.descent-own-surface');
  const [counted, scored] = parts(root, '.descent-readout span');

  const show = () => {
    const racer = chosenRacer();
    if (!racer) return;
    const { size, samples } = racer;
    own.disabled = !(size < samples);
    own.title = own.disabled ? WHOLE : OWN;
    own.setAttribute('aria-pressed', String(state.batchSurface && !own.disabled));
  };
  const read = () => {
    const [racer, { loss }] = [chosenRacer(), currentLandscape()];
    if (!racer || !state.data || !loss) return;
    put(counted, progress(racer, stepUnderWay(racer)));
    put(scored, formatScores(scores(state.data, loss, between(racer.x, state.playhead), between(racer.y, state.playhead))));
  };
  own.addEventListener('click', toggleBatchSurface);
  const off = [removePicker, on('race', show), on('landscape', show), on('chosen', show), on('batch_surface', show)];
  show();
  return { read, remove: () => off.forEach((stop) => stop()) };
}

/** @type {(element: HTMLElement, text: string) => void} */
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * An iteration is one step; an epoch is once through all rows.
 * @type {(racer: Batches, step: number) => string}
 */
function progress({ size, samples }, step) {
  const { epoch, batch, batches } = placeOf({ size, samples }, step);
  const place = batches > 1 ? `batch ${grouped(batch + 1)} of ${grouped(batches)}` : `all ${grouped(samples)} rows`;
  return `iteration ${grouped(step + 1)} · epoch ${grouped(epoch + 1)}, ${place}`;
}

/** @type {(scored: Record<string, number>) => string} */
function formatScores(scored) {
  const texts = Object.entries(scored).map(([name, value]) =>
    name === 'accuracy' ? `${name} ${(value * 100).toFixed(0)} %` : `${name} ${steady(value)}`,
  );
  return texts.join(' · ');
}

/**
 * A number with three digits, including zeros at the end, so that the text keeps its width while it changes.
 * @type {(value: number) => string}
 */
function steady(value) {
  if (!(value > 0.001 && value < 1e5)) return Number.isFinite(value) ? formatNumber(value, 3) : '∞';
  return value.toFixed(Math.max(0, 2 - Math.floor(Math.log10(value))));
}

/** Over the data: whose batch is shown, the switch for the batch's own surface, and what the numbers are just now. */
import { between } from '../core/canvas.js';
import { attachRacerPicker } from './racer_picker.js';
import { chosenRacer, stepUnderWay } from './chosen_racer.js';
import { scores } from './losses.js';
import { formatNumber, grouped } from '../core/numbers.js';
import { placeOf } from './batch_rows.js';
import { emit, on, state } from '../core/store.js';

const WHOLE = 'The surface of the full batch is the map itself';
const OWN = 'Thin lines on the map: the loss of this step’s batch alone, which is what the step goes down';

/** @returns {{read: () => void, remove: () => void}} */
export function attachDataHead(root) {
  const removePicker = attachRacerPicker(root.querySelector('.descent-chips'));
  const own = root.querySelector('.descent-own-surface');
  const [counted, scored] = root.querySelectorAll('.descent-readout span');

  const show = () => {
    if (!state.race?.racers[state.chosen]) return;
    const { size, samples } = chosenRacer();
    own.disabled = !(size < samples);
    own.title = own.disabled ? WHOLE : OWN;
    own.setAttribute('aria-pressed', String(state.batchSurface && !own.disabled));
  };
  const read = () => {
    put(counted, progress(chosenRacer(), stepUnderWay()));
    put(scored, formatScores(scores(state.data, state.landscape.loss, between(chosenRacer().x, state.playhead), between(chosenRacer().y, state.playhead))));
  };
  own.addEventListener('click', () => {
    state.batchSurface = !state.batchSurface;
    emit('batch_surface');
  });
  const off = [removePicker, ...['race', 'landscape', 'chosen', 'batch_surface'].map((event) => on(event, show))];
  show();
  return { read, remove: () => off.forEach((stop) => stop()) };
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** An iteration is one step; an epoch is once through all rows. */
function progress({ size, samples }, step) {
  const { epoch, batch, batches } = placeOf({ size, samples }, step);
  const place = batches > 1 ? `batch ${grouped(batch + 1)} of ${grouped(batches)}` : `all ${grouped(samples)} rows`;
  return `iteration ${grouped(step + 1)} · epoch ${grouped(epoch + 1)}, ${place}`;
}

function formatScores(scored) {
  const parts = Object.entries(scored).map(([name, value]) =>
    name === 'accuracy' ? `${name} ${(value * 100).toFixed(0)} %` : `${name} ${steady(value)}`,
  );
  return parts.join(' · ');
}

/** Three digits, noughts at the end included, so that the text keeps its width while it runs. */
function steady(value) {
  if (!(value > 0.001 && value < 1e5)) return Number.isFinite(value) ? formatNumber(value, 3) : '∞';
  return value.toFixed(Math.max(0, 2 - Math.floor(Math.log10(value))));
}

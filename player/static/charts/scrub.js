/** Click or drag on a chart moves the playhead. */
import { emit, seek, state } from '../core/store.js';

/**
 * @param {HTMLElement} box
 * @param {(px: number) => number | null} stepAt the whole step so many pixels from its left, null if nothing is drawn
 */
export function attachScrub(box, stepAt) {
  const scrub = ({ clientX }) => {
    const step = stepAt(clientX - box.getBoundingClientRect().left);
    if (step === null) return;
    state.playing = false;
    seek(step);
    emit('play');
  };
  box.addEventListener('pointerdown', (event) => {
    box.setPointerCapture(event.pointerId);
    scrub(event);
  });
  box.addEventListener('pointermove', (event) => event.buttons & 1 && scrub(event));
}

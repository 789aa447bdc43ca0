/** Click or drag on a chart moves the playhead. */
import { pauseAt } from '../core/store.js';

/**
 * @param {HTMLElement} box
 * @param {(px: number) => number | null} stepAt the whole step so many pixels from its left, null if nothing is drawn
 */
export function attachScrub(box, stepAt) {
  /** @type {(event: PointerEvent) => void} */
  const scrub = ({ clientX }) => {
    const step = stepAt(clientX - box.getBoundingClientRect().left);
    if (step !== null) pauseAt(step);
  };
  box.addEventListener('pointerdown', (event) => {
    box.setPointerCapture(event.pointerId);
    scrub(event);
  });
  box.addEventListener('pointermove', (event) => {
    if (event.buttons & 1) scrub(event);
  });
}

/** A slim bar over maps that are being computed, if it takes more than half a second: the style sees to that. */

import { partOf } from './dom.js';

/** @param {string} what is under way, in words */
export const bar = (what) => `<progress class="descent-progress" max="1" aria-label="${what} under way"></progress>`;

/**
 * @param {HTMLElement} root in which the bar is
 * @param {number | null} share how much is done, 0 to 1; null if nothing is under way
 */
export function showProgress(root, share) {
  root.classList.toggle('descent-under-way', share !== null);
  partOf(HTMLProgressElement, root, '.descent-progress').value = share ?? 0;
}

/** Copies the address of the present view. */

import { mountOf } from '../core/component_registry.js';

export const mountCopyLink = mountOf((parent) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'descent-copy';
  button.textContent = 'Copy link';
  button.addEventListener('click', async () => {
    button.textContent = (await copied(location.href)) ? 'Copied' : 'Copy it from the address bar';
    setTimeout(() => {
      button.textContent = 'Copy link';
    }, 1600);
  });
  parent.append(button);
  return { remove: () => button.remove() };
});

/**
 * Put a text on the clipboard; false if the browser does not allow it.
 * @type {(text: string) => Promise<boolean>}
 */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission, or a page without https
  }
}

/** Each racer's optimizer as it would be typed, with a button that copies it. */
import { copied } from '../controls/copy_link.js';
import { part } from '../core/dom.js';
import { styleOf } from '../core/theme.js';

/** @import { Racer } from '../core/types.js' */

/**
 * Show the code of the racers that have one; an element that says the same stays as it is.
 * @type {(section: HTMLElement, racers: Racer[]) => void}
 */
export function showCodes(section, racers) {
  const withCode = racers.filter(({ code }) => code);
  section.hidden = !withCode.length;
  const box = part(section, 'div');
  while (box.children.length > withCode.length) box.lastElementChild?.remove();
  while (box.children.length < withCode.length) box.append(entry());
  withCode.forEach((racer, i) => fill(box.children[i], racer));
}

function entry() {
  const box = document.createElement('div');
  box.innerHTML = '<b></b><button type="button">Copy</button><pre></pre>';
  const button = part(box, 'button');
  button.addEventListener('click', async () => {
    const done = await copied(part(box, 'pre').textContent ?? '');
    button.textContent = done ? 'Copied' : 'Select it and copy';
    setTimeout(() => (button.textContent = 'Copy'), 1600);
  });
  return box;
}

/** @type {(box: Element, racer: Racer) => void} */
function fill(box, racer) {
  const [name, code] = [part(box, 'b'), part(box, 'pre')];
  name.textContent = racer.name;
  name.style.color = styleOf(racer).colour;
  if (code.textContent !== racer.code) code.textContent = racer.code ?? '';
}

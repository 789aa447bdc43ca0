/** Each racer's optimizer as it would be typed, with a button that copies it. */
import { copied } from '../core/copy_link.js';
import { styleOf } from '../core/theme.js';

/** Show the code of the racers that have one; an element that says the same stays as it is. */
export function showCodes(section, racers) {
  const withCode = racers.filter(({ code }) => code);
  section.hidden = !withCode.length;
  const box = section.querySelector('div');
  while (box.children.length > withCode.length) box.lastChild.remove();
  while (box.children.length < withCode.length) box.append(entry());
  withCode.forEach((racer, i) => fill(box.children[i], racer));
}

function entry() {
  const box = document.createElement('div');
  box.innerHTML = '<b></b><button type="button">Copy</button><pre></pre>';
  const button = box.querySelector('button');
  button.addEventListener('click', async () => {
    const done = await copied(box.querySelector('pre').textContent);
    button.textContent = done ? 'Copied' : 'Select it and copy';
    setTimeout(() => (button.textContent = 'Copy'), 1600);
  });
  return box;
}

function fill(box, racer) {
  box.querySelector('b').textContent = racer.name;
  box.querySelector('b').style.color = styleOf(racer).colour;
  if (box.querySelector('pre').textContent !== racer.code) box.querySelector('pre').textContent = racer.code;
}

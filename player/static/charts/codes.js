/** Each racer's optimizer as it would be typed, with a button that copies it. */
import { copied } from '../core/copy_link.js';
import { look } from '../core/theme.js';

/** Show the code of the racers that have one; an element that says the same stays as it is. */
export function showCodes(section, racers) {
  const told = racers.filter(({ code }) => code);
  section.hidden = !told.length;
  const box = section.querySelector('div');
  while (box.children.length > told.length) box.lastChild.remove();
  while (box.children.length < told.length) box.append(entry());
  told.forEach((racer, i) => fill(box.children[i], racer));
}

function entry() {
  const made = document.createElement('div');
  made.innerHTML = '<b></b><button type="button">Copy</button><pre></pre>';
  const button = made.querySelector('button');
  button.addEventListener('click', async () => {
    const done = await copied(made.querySelector('pre').textContent);
    button.textContent = done ? 'Copied' : 'Select it and copy';
    setTimeout(() => (button.textContent = 'Copy'), 1600);
  });
  return made;
}

function fill(made, racer) {
  made.querySelector('b').textContent = racer.name;
  made.querySelector('b').style.color = look(racer).colour;
  if (made.querySelector('pre').textContent !== racer.code) made.querySelector('pre').textContent = racer.code;
}

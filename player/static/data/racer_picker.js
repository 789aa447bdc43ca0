/** Chips that choose which racer is looked at closely. */
import { choose, chosenRacer } from './chosen_racer.js';
import { on, state } from '../core/store.js';

/** Fill a box with a chip for each racer; returns what takes the listeners off again. */
export function attachRacerPicker(box) {
  box.addEventListener('click', ({ target }) => {
    const chip = target.closest('button');
    if (chip) choose([...box.children].indexOf(chip));
  });
  const show = () => chosenRacer() && showRacers(box);
  const off = ['race', 'landscape', 'chosen'].map((event) => on(event, show));
  show();
  return () => off.forEach((stop) => stop());
}

/** Those that stay keep their element, and with it the focus. */
function showRacers(box) {
  const { racers } = state.race;
  while (box.children.length > racers.length) box.lastChild.remove();
  while (box.children.length < racers.length) box.append(racerButton());
  racers.forEach((racer, i) => {
    const button = box.children[i];
    button.firstChild.className = `-of-${racer.style}-${racer.variant}`;
    if (button.lastChild.textContent !== racer.name) button.lastChild.textContent = racer.name;
    button.setAttribute('aria-pressed', String(i === state.chosen));
  });
}

function racerButton() {
  const button = document.createElement('button');
  button.type = 'button';
  button.append(document.createElement('b'), document.createElement('span'));
  return button;
}

/** Buttons that choose the racer that is shown in detail. */
import { buttonOf } from '../core/dom.js';
import { on } from '../core/events.js';
import { currentRace, state } from '../core/store.js';
import { choose, chosenRacer } from './chosen_racer.js';

/**
 * Fill a box with a button for each racer; returns what takes the listeners off again.
 * @type {(box: HTMLElement) => () => void}
 */
export function attachRacerPicker(box) {
  box.addEventListener('click', (event) => {
    const button = buttonOf(event);
    if (button) choose([...box.children].indexOf(button));
  });
  const show = () => {
    if (chosenRacer()) showRacers(box);
  };
  const off = [on('race', show), on('landscape', show), on('chosen', show)];
  show();
  return () => off.forEach((stop) => stop());
}

/**
 * Update the buttons. Those that stay keep their element, and with it the focus.
 * @type {(box: HTMLElement) => void}
 */
function showRacers(box) {
  const { racers } = currentRace();
  while (box.children.length > racers.length) box.lastElementChild?.remove();
  while (box.children.length < racers.length) box.append(racerButton());
  racers.forEach((racer, i) => {
    const button = box.children[i];
    const [swatch, name] = button.children;
    swatch.className = `-of-${racer.style}-${racer.variant}`;
    if (name.textContent !== racer.name) name.textContent = racer.name;
    button.setAttribute('aria-pressed', String(i === state.chosen));
  });
}

function racerButton() {
  const button = document.createElement('button');
  button.type = 'button';
  button.append(document.createElement('b'), document.createElement('span'));
  return button;
}

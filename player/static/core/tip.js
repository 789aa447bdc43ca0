/** What is read off a path or a curve: step, position, loss, gradient norm, learning rate. */
import { brief } from './numbers.js';
import { state } from './store.js';
import { look } from './theme.js';

/**
 * @param {HTMLElement} tip
 * @param {{racer: number, step: number}} found
 * @param {[number, number]} place pixels within the tip's parent
 * @param {{width: number, height: number}} room
 */
export function showTip(tip, found, [x, y], room) {
  const racer = state.race.racers[found.racer];
  const at = Math.min(found.step, racer.steps);
  const rows = [
    ['step', String(at)],
    [state.stage.axes.join(', '), `${brief(racer.x[at], 5)}, ${brief(racer.y[at], 5)}`],
    ['loss', brief(state.race.floor + racer.height[at], 6)],
    ['gradient', brief(racer.gradient[at], 4)],
    ['rate', brief(racer.rate[at], 4)],
  ];
  if (racer.sharpness) rows.push(['sharpness', brief(racer.sharpness[at], 4)]);
  tip.replaceChildren(title(racer), ...rows.flatMap(([name, value]) => [cell(name), cell(value)]));
  tip.hidden = false;
  const left = x + 18 + tip.offsetWidth > room.width ? x - 18 - tip.offsetWidth : x + 18;
  tip.style.left = `${Math.max(0, left)}px`;
  tip.style.top = `${Math.max(0, Math.min(y - 20, room.height - tip.offsetHeight))}px`;
}

/** @param {HTMLElement} tip */
export function hideTip(tip) {
  tip.hidden = true;
}

function title(racer) {
  const name = cell(racer.name);
  name.className = 'descent-tip-name';
  name.style.color = look(racer).colour;
  return name;
}

function cell(text) {
  const span = document.createElement('span');
  span.textContent = text;
  return span;
}

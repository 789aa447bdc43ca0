/** The tooltip of a path or a curve: step, position, loss, gradient norm, learning rate. */
import { formatNumber } from './numbers.js';
import { currentLandscape, currentRace } from './store.js';
import { styleOf } from './theme.js';

/** @import { Hover, Racer } from './types.js' */

/**
 * @param {HTMLElement} tip
 * @param {Hover} point
 * @param {number[]} place pixels within the tip's parent
 * @param {{width: number, height: number}} room
 */
export function showTooltip(tip, point, [x, y], room) {
  const race = currentRace();
  const racer = race.racers[point.racer];
  const at = Math.min(point.step, racer.steps);
  const rows = [
    ['step', String(at)],
    [currentLandscape().axes.join(', '), `${formatNumber(racer.x[at], 5)}, ${formatNumber(racer.y[at], 5)}`],
    ['loss', formatNumber(race.floor + racer.height[at], 6)],
    ['gradient', formatNumber(racer.gradient[at], 4)],
    ['rate', formatNumber(racer.rate[at], 4)],
  ];
  if (racer.sharpness) rows.push(['sharpness', formatNumber(racer.sharpness[at], 4)]);
  tip.replaceChildren(title(racer), ...rows.flatMap(([name, value]) => [cell(name), cell(value)]));
  tip.hidden = false;
  const left = x + 18 + tip.offsetWidth > room.width ? x - 18 - tip.offsetWidth : x + 18;
  tip.style.left = `${Math.max(0, left)}px`;
  tip.style.top = `${Math.max(0, Math.min(y - 20, room.height - tip.offsetHeight))}px`;
}

/** @param {HTMLElement} tip */
export function hideTooltip(tip) {
  tip.hidden = true;
}

/** @type {(racer: Racer) => HTMLElement} */
function title(racer) {
  const name = cell(racer.name);
  name.className = 'descent-tip-name';
  name.style.color = styleOf(racer).colour;
  return name;
}

/** @type {(text: string) => HTMLElement} */
function cell(text) {
  const span = document.createElement('span');
  span.textContent = text;
  return span;
}

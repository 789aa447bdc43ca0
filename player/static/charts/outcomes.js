/** The outcomes table: where each racer ends, and at what cost. */
import { formatNumber, grouped } from '../core/numbers.js';
import { styleOf } from '../core/theme.js';

/** @import { Race, Racer } from '../core/types.js' */

const COLUMNS = [
  ['Loss', 'Loss at the end'],
  ['Distance', 'Distance to the nearest minimum at the end'],
  ['Steps', 'Steps until it is near that minimum to stay: within 0.5 % of the map’s diagonal'],
  ['Gradients', 'Sample gradients evaluated: steps × batch size'],
];

/**
 * @param {HTMLTableElement} table
 * @param {Race} race
 */
export function showOutcomes(table, race) {
  const head = document.createElement('tr');
  head.append(cell('th', 'Racer'), ...COLUMNS.map(([name, help]) => cell('th', name, help)));
  table.replaceChildren(head, ...race.racers.flatMap(rows));
}

/** @type {(racer: Racer) => HTMLElement[]} */
function rows(racer) {
  const { loss, distance, arrived, evaluations, sentence } = racer.result;
  const numbers = document.createElement('tr');
  const name = cell('th', racer.name);
  name.setAttribute('scope', 'row');
  name.prepend(swatch(racer));
  numbers.append(
    name,
    cell('td', formatNumber(loss, 3), String(loss)),
    cell('td', formatNumber(distance, 2), distance === null ? '' : String(distance)),
    cell('td', arrived === null ? '–' : grouped(arrived)),
    cell('td', grouped(evaluations)),
  );
  const words = document.createElement('tr');
  words.className = 'descent-words';
  const sentenceCell = cell('td', sentence);
  sentenceCell.setAttribute('colspan', '5');
  words.append(sentenceCell);
  return [numbers, words];
}

/** @type {(tag: 'th' | 'td', text: string, help?: string) => HTMLElement} */
function cell(tag, text, help = '') {
  const element = document.createElement(tag);
  element.textContent = text;
  if (help) element.title = help;
  return element;
}

/**
 * A short piece of the racer's line.
 * @type {(racer: Racer) => SVGElement}
 */
function swatch(racer) {
  const { colour, dash } = styleOf(racer);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'descent-swatch');
  svg.setAttribute('viewBox', '0 0 22 4');
  svg.innerHTML = `<path d="M0 2h22" stroke="${colour}" stroke-width="3" stroke-dasharray="${dash.map((part) => part * 0.7).join(' ')}"/>`;
  return svg;
}

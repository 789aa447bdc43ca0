/** Where the start under the hand leads both racers, in words; without a hand, the start of the race. */
import { cellAt, led } from './basins_data.js';
import { brief } from './numbers.js';

/**
 * @param {HTMLElement} line
 * @param {import('./basins_types.js').Pair} pair
 * @param {{hover: number[] | null, start: () => number[]}} shared
 */
export function showReadout(line, pair, { hover, start }) {
  const point = hover ?? start();
  const cell = cellAt(pair, point);
  const place = `(${point.map((value) => brief(value, 3)).join(', ')})`;
  const told = cell < 0 ? 'outside the maps' : pair.racers.map(({ name }, racer) => `${name} ${led(pair, racer, cell)}`).join('; ');
  const text = `${hover ? '' : 'Start '}${place}: ${told}`;
  if (line.textContent !== text) line.textContent = text;
}

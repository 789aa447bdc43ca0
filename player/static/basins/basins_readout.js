/** Where the start under the hand leads both racers, in words. */
import { cellAt, led } from './basins_data.js';
import { brief } from '../core/numbers.js';

const HINT = 'Point at a map to read where a start leads; click or drag, and both race from there.';

/**
 * @param {HTMLElement} line
 * @param {import('./basins_types.js').Pair} pair
 * @param {[number, number] | null} point
 */
export function showReadout(line, pair, point) {
  const cell = point ? cellAt(pair, point) : -1;
  const text = cell < 0 ? HINT : told(pair, cell);
  if (line.textContent !== text) line.textContent = text;
}

/** The start that the cell stands for, and what becomes of it. */
function told({ domain, resolution, ...pair }, cell) {
  const places = [cell % resolution, Math.floor(cell / resolution)];
  const xy = domain.map(([low, high], axis) => low + ((high - low) * places[axis]) / (resolution - 1));
  const ends = pair.racers.map(({ name }, racer) => `${name} ${led(pair, racer, cell)}`);
  return `(${xy.map((value) => brief(value, 3)).join(', ')}): ${ends.join('; ')}`;
}

/** Where the start under the hand leads both racers, in words. */
import { cellAt, describeEnd } from './basins_data.js';
import { formatNumber } from '../core/numbers.js';

/** @import { Point } from '../core/types.js' */
/** @import { Pair } from './basins_types.js' */

const HINT = 'Point at a map to read where a start leads; click or drag, and both race from there.';

/**
 * @param {HTMLElement} line
 * @param {Pair} pair
 * @param {Point | null} point
 */
export function showReadout(line, pair, point) {
  const cell = point ? cellAt(pair, point) : -1;
  const text = cell < 0 ? HINT : describeCell(pair, cell);
  if (line.textContent !== text) line.textContent = text;
}

/**
 * The start that the cell stands for, and what becomes of it.
 * @type {(pair: Pair, cell: number) => string}
 */
function describeCell(pair, cell) {
  const { domain, resolution } = pair;
  const places = [cell % resolution, Math.floor(cell / resolution)];
  const xy = domain.map(([low, high], axis) => low + ((high - low) * places[axis]) / (resolution - 1));
  const ends = pair.racers.map(({ name }, racer) => `${name} ${describeEnd(pair, racer, cell)}`);
  return `(${xy.map((value) => formatNumber(value, 3)).join(', ')}): ${ends.join('; ')}`;
}

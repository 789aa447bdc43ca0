/** The legend under the tuning map: the meaning of its colours, and the share of each region. */
import { percent } from '../basins/basins_legend.js';
import { formatNumber } from '../core/numbers.js';
import { DIVERGED, NOT_YET, STUCK } from './tuning_data.js';
import { swatches, toneAt } from './tuning_image.js';

const NAMED = 5; // minima that have a swatch of their own

/** @import { TuningStyles } from '../wire/messages.js' */
/** @import { Plane } from './tuning_types.js' */

/** @type {(box: HTMLElement, plane: Plane, styles: TuningStyles) => void} */
export function showLegend(box, plane, styles) {
  const patterns = swatches(styles);
  const regions = regionsOf(plane).map(([region, words]) => entry(patterns[region], words, region));
  const minima = () => minimaOf(plane, styles).map(([colour, words]) => entry(colour, words));
  box.replaceChildren(...(plane.measure === 'minimum' ? minima() : [ramp(plane, styles)]), ...regions);
}

/**
 * The three regions in words, with how much of the map each takes.
 * @type {(plane: Plane) => [number, string][]}
 */
export function regionsOf({ steps, region: here, rows, columns }) {
  /** @type {(region: number) => string} */
  const share = (region) => percent(here.filter((cell) => cell === region).length, rows * columns);
  /** @type {Record<number, string>} */
  const words = { [NOT_YET]: `not there yet, after ${steps} steps`, [STUCK]: 'stuck in a local minimum or on a level place', [DIVERGED]: 'diverges' };
  return [NOT_YET, STUCK, DIVERGED].map((region) => [region, `${words[region]} · ${share(region)}`]);
}

/**
 * The quantity of the scale, in words.
 * @type {(plane: Plane) => string}
 */
export function counted({ measure, known, tolerance }) {
  if (measure === 'loss') return 'loss above the lowest';
  return known ? `steps until within ${formatNumber(100 * tolerance, 2)} %, to stay` : 'no minimum is known to get to';
}

/** @type {(background: string, words: string, region?: number) => HTMLElement} */
function entry(background, words, region) {
  const element = document.createElement('span');
  const mark = document.createElement('b');
  mark.style.background = background;
  element.append(mark, words);
  if (region) element.dataset.region = String(region);
  return element;
}

/**
 * The scale with its two ends.
 * @type {(plane: Plane, styles: TuningStyles) => HTMLElement}
 */
function ramp(plane, styles) {
  const element = document.createElement('span');
  element.className = 'descent-ramp';
  const bar = document.createElement('b');
  const stops = Array.from({ length: 11 }, (_, i) => toneAt(styles.scale, i / 10));
  bar.style.background = `linear-gradient(to right, ${stops.join(', ')})`;
  const [low, high] = plane.scale ?? [null, null];
  element.append(`${counted(plane)}:`, ` ${formatNumber(low, 2)}`, bar, formatNumber(high, 2));
  return element;
}

/**
 * The minima that are reached, each with its colour; after the first ones how many more there are.
 * @type {(plane: Plane, styles: TuningStyles) => [string, string][]}
 */
export function minimaOf({ minima: labels, level }, styles) {
  const used = [...new Set(level)].filter((index) => index < labels.length).toSorted((a, b) => a - b);
  /** @type {[string, string][]} */
  const named = used.slice(0, NAMED).map((index) => [styles.minima[index % styles.minima.length], labels[index]]);
  return used.length > NAMED ? [...named, [styles.neutral, `and ${used.length - NAMED} more`]] : named;
}

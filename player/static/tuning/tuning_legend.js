/** Under the tuning map: what its colours stand for, and how much of it each region takes. */
import { percent } from '../basins/basins_legend.js';
import { brief } from '../core/numbers.js';
import { DIVERGED, NOT_YET, STUCK } from './tuning_data.js';
import { swatches, toneAt } from './tuning_image.js';

const NAMED = 5; // minima that have a swatch of their own

/**
 * @param {HTMLElement} box
 * @param {import('./tuning_types.js').Plane} plane
 * @param {import('./tuning_types.js').Looks} looks
 */
export function showLegend(box, plane, looks) {
  const patterns = swatches(looks);
  const regions = regionsOf(plane).map(([region, words]) => entry(patterns[region], words, region));
  const minima = () => minimaOf(plane, looks).map(([colour, words]) => entry(colour, words));
  box.replaceChildren(...(plane.measure === 'minimum' ? minima() : [ramp(plane, looks)]), ...regions);
}

/** The three regions in words, with how much of the map each takes. */
export function regionsOf({ steps, region: here, rows, columns }) {
  const share = (region) => percent(here.reduce((sum, cell) => sum + (cell === region), 0), rows * columns);
  const words = { [NOT_YET]: `not there yet, after ${steps} steps`, [STUCK]: 'stuck in a local minimum or on a level place', [DIVERGED]: 'diverges' };
  return [NOT_YET, STUCK, DIVERGED].map((region) => [region, `${words[region]} · ${share(region)}`]);
}

/** What the scale counts. */
export function counted({ measure, known, tolerance }) {
  if (measure === 'loss') return 'loss above the lowest';
  return known ? `steps until within ${brief(100 * tolerance, 2)} %, to stay` : 'no minimum is known to get to';
}

function entry(background, words, region) {
  const made = document.createElement('span');
  const mark = document.createElement('b');
  mark.style.background = background;
  made.append(mark, words);
  if (region) made.dataset.region = String(region);
  return made;
}

/** The scale with its two ends. */
function ramp(plane, looks) {
  const made = document.createElement('span');
  made.className = 'descent-ramp';
  const bar = document.createElement('b');
  const stops = Array.from({ length: 11 }, (_, i) => toneAt(looks.scale, i / 10));
  bar.style.background = `linear-gradient(to right, ${stops.join(', ')})`;
  const [low, high] = plane.scale;
  made.append(`${counted(plane)}:`, ` ${brief(low, 2)}`, bar, brief(high, 2));
  return made;
}

/** The minima that are reached, each with its colour; after the first ones how many more there are. */
export function minimaOf({ minima: labels, level }, looks) {
  const used = [...new Set(level)].filter((index) => index < labels.length).toSorted((a, b) => a - b);
  const named = used.slice(0, NAMED).map((index) => [looks.minima[index % looks.minima.length], labels[index]]);
  return used.length > NAMED ? [...named, [looks.neutral, `and ${used.length - NAMED} more`]] : named;
}

/** Under the tuning map: what its colours stand for, and how much of it each region takes. */
import { percent } from './basins_legend.js';
import { brief } from './numbers.js';
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
  const all = plane.rows * plane.columns;
  const count = (region) => plane.region.reduce((sum, here) => sum + (here === region), 0);
  const regions = [
    [NOT_YET, `not there yet, after ${plane.steps} steps`],
    [STUCK, plane.measure === 'minimum' ? 'held up at a saddle' : 'stuck in a local minimum or at a saddle'],
    [DIVERGED, 'diverges'],
  ].map(([region, words]) => entry(patterns[region], `${words} · ${percent(count(region), all)}`, region));
  box.replaceChildren(...(plane.measure === 'minimum' ? minima(plane, looks) : [ramp(plane, looks)]), ...regions);
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
function ramp({ scale, measure, known, tolerance }, looks) {
  const made = document.createElement('span');
  made.className = 'descent-ramp';
  const bar = document.createElement('b');
  const stops = Array.from({ length: 11 }, (_, i) => toneAt(looks.scale, i / 10));
  bar.style.background = `linear-gradient(to right, ${stops.join(', ')})`;
  const [low, high] = scale;
  const within = known ? `steps until within ${brief(100 * tolerance, 2)} %, to stay` : 'no minimum is known to get to';
  const words = measure === 'steps' ? within : `loss above the lowest`;
  made.append(brief(low, 2), bar, brief(high, 2), ` ${words}`);
  return made;
}

function minima({ minima: labels, level }, looks) {
  const used = [...new Set(level)].filter((index) => index < labels.length).toSorted((a, b) => a - b);
  const named = used.slice(0, NAMED).map((index) => entry(looks.minima[index % looks.minima.length], labels[index]));
  return used.length > NAMED ? [...named, entry(looks.neutral, `and ${used.length - NAMED} more`)] : named;
}

/** One of the three maps: its canvas, its picture kept until something changes, and the hand on it. */
import { imageOfBasins, imageOfDifference } from './basins_image.js';
import { paintBasins } from './basins_paint.js';
import { attachBasinsHand } from './basins_hand.js';
import { basinScale } from './basins_scale.js';
import { isBehind, currentPair } from './basins_store.js';
import { fit } from '../core/canvas.js';
import { emit } from '../core/store.js';
import { styleOf, theme } from '../core/theme.js';

export const DIFFERENCE = 2;

/**
 * @param {HTMLElement} box
 * @param {number} which 0 or 1 is the racer's map, 2 their difference
 * @param {{hover: number[] | null, start: () => number[]}} shared by the three maps
 */
export function attachBasinsMap(box, which, shared) {
  const canvas = box.querySelector('canvas');
  let [scale, image, painted, paintedPair] = [null, null, null, null];
  const off = attachBasinsHand(canvas, () => scale, shared);
  const observer = new ResizeObserver(() => emit('resize'));
  observer.observe(box);

  const paint = (pair, styles) => {
    const width = box.clientWidth;
    const state = [pair.stamp, pair.fine, theme.name, width, isBehind(), shared.start(), shared.hover].join();
    if (!width || (pair === paintedPair && state === painted)) return;
    if (pair !== paintedPair || image.theme !== theme.name) image = { ...pictureOf(pair, which, styles), theme: theme.name };
    [painted, paintedPair] = [state, pair];
    scale = basinScale(pair.domain, width);
    Object.assign(canvas.style, { width: `${scale.width}px`, height: `${scale.height}px` });
    const view = { image, hatch: styles.hatch, minima: pair.minima, behind: isBehind() };
    paintBasins(fit(canvas, scale.width, scale.height), scale, { ...view, start: shared.start(), hover: shared.hover });
  };
  const remove = () => {
    off();
    observer.disconnect();
  };
  return { paint, remove };
}

function pictureOf(pair, which, styles) {
  if (which === DIFFERENCE) return imageOfDifference(pair, pair.racers.map((racer) => styleOf(racer).colour), styles);
  return imageOfBasins(pair, which, styles);
}

/** The pair with its styles, once both it and the theme are known. */
export function ready() {
  const pair = currentPair();
  return pair && { pair, styles: pair.colours[theme.name] };
}

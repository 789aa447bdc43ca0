/** One of the three maps: its canvas, its picture kept until something changes, and the hand on it. */
import { imageOfBasins, imageOfDifference } from './basins_image.js';
import { paintBasins } from './basins_paint.js';
import { attachBasinsHand } from './basins_hand.js';
import { basinScale } from './basins_scale.js';
import { isBehind, shownPair } from './basins_store.js';
import { fit } from '../core/canvas.js';
import { emit } from '../core/store.js';
import { look, theme } from '../core/theme.js';

export const DIFFERENCE = 2;

/**
 * @param {HTMLElement} box
 * @param {number} which 0 or 1 is the racer's map, 2 their difference
 * @param {{hover: number[] | null, start: () => number[]}} shared by the three maps
 */
export function attachBasinsMap(box, which, shared) {
  const canvas = box.querySelector('canvas');
  let [scale, image, painted, drawn] = [null, null, null, null];
  const off = attachBasinsHand(canvas, () => scale, shared);
  const observer = new ResizeObserver(() => emit('resize'));
  observer.observe(box);

  const paint = (pair, looks) => {
    const width = box.clientWidth;
    const state = [pair.stamp, pair.fine, theme.name, width, isBehind(), shared.start(), shared.hover].join();
    if (!width || (pair === drawn && state === painted)) return;
    if (pair !== drawn || image.theme !== theme.name) image = { ...pictureOf(pair, which, looks), theme: theme.name };
    [painted, drawn] = [state, pair];
    scale = basinScale(pair.domain, width);
    Object.assign(canvas.style, { width: `${scale.width}px`, height: `${scale.height}px` });
    const shown = { image, hatch: looks.hatch, minima: pair.minima, behind: isBehind() };
    paintBasins(fit(canvas, scale.width, scale.height), scale, { ...shown, start: shared.start(), hover: shared.hover });
  };
  const remove = () => {
    off();
    observer.disconnect();
  };
  return { paint, remove };
}

function pictureOf(pair, which, looks) {
  if (which === DIFFERENCE) return imageOfDifference(pair, pair.racers.map((racer) => look(racer).colour), looks);
  return imageOfBasins(pair, which, looks);
}

/** The pair with its looks, once both it and the theme are known. */
export function ready() {
  const pair = shownPair();
  return pair && { pair, looks: pair.colours[theme.name] };
}

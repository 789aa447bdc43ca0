/** One of the three maps: its canvas, its picture kept until something changes, and the hand on it. */
import { imageOfBasins, imageOfDifference } from './basins_image.js';
import { paintBasins } from './basins_paint.js';
import { attachBasinsHand } from './basins_hand.js';
import { basinScale } from './basins_scale.js';
import { isBehind, currentPair } from './basins_store.js';
import { fit } from '../core/canvas.js';
import { partOf } from '../core/dom.js';
import { requestRepaint } from '../core/events.js';
import { styleOf, theme } from '../core/theme.js';

/** @import { BasinsStyles } from '../wire/messages.js' */
/** @import { Shared } from './basins_hand.js' */
/** @import { BasinsImage } from './basins_image.js' */
/** @import { BasinsView } from './basins_legend.js' */
/** @import { BasinScale } from './basins_scale.js' */
/** @import { Pair } from './basins_types.js' */

export const DIFFERENCE = 2;

/**
 * @param {HTMLElement} box
 * @param {number} which 0 or 1 is the racer's map, 2 their difference
 * @param {Shared} shared
 */
export function attachBasinsMap(box, which, shared) {
  const canvas = partOf(HTMLCanvasElement, box, 'canvas');
  /** @type {BasinScale | null} */
  let scale = null;
  /** @type {{image: BasinsImage, pair: Pair, theme: string, of: string} | null} */
  let painted = null;
  const off = attachBasinsHand(canvas, () => scale, shared);
  const observer = new ResizeObserver(requestRepaint);
  observer.observe(box);

  /** @type {(pair: Pair, styles: BasinsStyles) => void} */
  const paint = (pair, styles) => {
    const width = box.clientWidth;
    const of = [pair.stamp, pair.fine, theme.name, width, isBehind(), shared.start(), shared.hover].join();
    if (!width || (pair === painted?.pair && of === painted.of)) return;
    const isKnown = painted?.pair === pair && painted.theme === theme.name;
    const image = painted && isKnown ? painted.image : pictureOf(pair, which, styles);
    painted = { image, pair, theme: theme.name, of };
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

/** @type {(pair: Pair, which: number, styles: BasinsStyles) => BasinsImage} */
function pictureOf(pair, which, styles) {
  if (which === DIFFERENCE) return imageOfDifference(pair, pair.racers.map((racer) => styleOf(racer).colour), styles);
  return imageOfBasins(pair, which, styles);
}

/**
 * The pair with its styles, once both it and the theme are known.
 * @type {() => BasinsView | null}
 */
export function ready() {
  const pair = currentPair();
  return pair && { pair, styles: pair.colours[theme.name] };
}

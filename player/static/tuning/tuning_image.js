/** The tuning map as a picture: one pixel a cell, and a pattern over each of the regions. */
import { context2d } from '../core/canvas.js';
import { DIVERGED, HIGHEST, NOT_YET, STUCK } from './tuning_data.js';

const APART = 7; // pixels between the lines or dots of a pattern

/** @import { TuningStyles } from '../wire/messages.js' */
/** @import { Plane } from './tuning_types.js' */
/** @typedef {{region: number, mask: HTMLCanvasElement}} Mask */
/** @typedef {{left: number, top: number, width: number, height: number}} PlaneBox */
/** @typedef {(context: CanvasRenderingContext2D, width: number, height: number, styles: TuningStyles) => void} Pattern */
/** @typedef {(x: number, y: number, toX: number, toY: number) => void} DrawLine */

/** @type {(plane: Plane, styles: TuningStyles) => {picture: HTMLCanvasElement, masks: Mask[]}} */
export function imageOfPlane(plane, styles) {
  const tones = levelsOf(plane, styles);
  const picture = imageOf(plane, (cell) => tones[plane.level[cell]]);
  const masks = [DIVERGED, STUCK, NOT_YET].flatMap((region) => {
    const mask = maskOf(plane, region);
    return mask ? [{ region, mask }] : [];
  });
  return { picture, masks };
}

/**
 * The colour of each level, as bytes.
 * @type {(plane: Plane, styles: TuningStyles) => number[][]}
 */
function levelsOf({ measure }, styles) {
  const { minima, paper, neutral } = styles;
  /** @type {(level: number) => string} */
  const of = (level) => (measure === 'minimum' ? minima[level % minima.length] : toneAt(styles.scale, level / HIGHEST));
  const tones = Array.from({ length: 256 }, (_, level) => rgb(of(level)));
  [tones[DIVERGED], tones[STUCK], tones[NOT_YET]] = [paper, neutral, neutral].map(rgb);
  return tones;
}

/**
 * A colour of the scale, 0 its first, 1 its last.
 * @type {(scale: string[], share: number) => string}
 */
export function toneAt(scale, share) {
  const place = Math.min(1, Math.max(0, share)) * (scale.length - 1);
  const low = Math.min(Math.floor(place), scale.length - 2);
  const [one, other] = [rgb(scale[low]), rgb(scale[low + 1])];
  const mixed = one.map((value, i) => Math.round(value + (other[i] - value) * (place - low)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** @type {(colour: string) => number[]} */
const rgb = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

/** @type {(plane: Plane, region: number) => HTMLCanvasElement | null} */
function maskOf(plane, region) {
  /** @type {(cell: number) => boolean} */
  const inside = (cell) => plane.region[cell] === region && isPatterned(plane, cell);
  return plane.region.some((_, cell) => inside(cell)) ? imageOf(plane, (cell) => (inside(cell) ? [0, 0, 0] : null)) : null;
}

/**
 * The regions with a pattern. Where colours show the minimum, only cells at no minimum have one.
 * @type {(plane: Plane, cell: number) => boolean}
 */
const isPatterned = ({ measure, level }, cell) => measure !== 'minimum' || level[cell] >= NOT_YET;

/**
 * A canvas with a pixel a cell, the highest y on top.
 * @type {(plane: Plane, colour: (cell: number) => number[] | null) => HTMLCanvasElement}
 */
function imageOf({ rows, columns }, colour) {
  const image = new ImageData(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const tone = colour(row * columns + column);
      if (!tone) continue;
      const at = 4 * ((rows - 1 - row) * columns + column);
      image.data.set(tone, at);
      image.data[at + 3] = 255;
    }
  }
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [columns, rows];
  context2d(canvas).putImageData(image, 0, 0);
  return canvas;
}

/**
 * Draw the picture into its box, and the patterns over it.
 * @type {(context: CanvasRenderingContext2D, image: {picture: HTMLCanvasElement, masks: Mask[]}, box: PlaneBox, styles: TuningStyles, ratio: number) => void}
 */
export function drawPlane(context, { picture, masks }, box, styles, ratio) {
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, box.left, box.top, box.width, box.height);
  for (const { region, mask } of masks) {
    context.drawImage(patterned(mask, box, PATTERNS[region], styles, ratio), box.left, box.top, box.width, box.height);
  }
}

/**
 * A region filled with its pattern.
 * @type {(mask: HTMLCanvasElement, box: PlaneBox, pattern: Pattern, styles: TuningStyles, ratio: number) => HTMLCanvasElement}
 */
function patterned(mask, { width, height }, pattern, styles, ratio) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
  const context = context2d(canvas);
  context.scale(ratio, ratio);
  context.imageSmoothingEnabled = false;
  context.drawImage(mask, 0, 0, width, height);
  context.globalCompositeOperation = 'source-in';
  pattern(context, width, height, styles);
  return canvas;
}

/**
 * Diverged: lines that fall. Stuck: dots. Not there yet: level lines.
 * @type {Record<number, Pattern>}
 */
export const PATTERNS = {
  [DIVERGED]: (context, width, height, { diverged }) => {
    lines(context, diverged, (draw) => {
      for (let x = -height; x < width; x += APART) draw(x, height, x + height, 0);
    });
  },
  [STUCK]: (context, width, height, { stuck }) => {
    context.fillStyle = stuck;
    context.beginPath();
    for (let y = APART / 2, odd = 0; y < height; y += APART, odd = 1 - odd) {
      for (let x = (APART * (1 + odd)) / 2; x < width; x += APART) {
        context.moveTo(x + 1.3, y);
        context.arc(x, y, 1.3, 0, 2 * Math.PI);
      }
    }
    context.fill();
  },
  [NOT_YET]: (context, width, height, { not_yet: colour }) => {
    lines(context, colour, (draw) => {
      for (let y = APART / 2; y < height; y += APART) draw(0, y, width, y);
    });
  },
};

/** @type {(context: CanvasRenderingContext2D, colour: string, each: (draw: DrawLine) => void) => void} */
function lines(context, colour, each) {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  each((x, y, toX, toY) => {
    context.moveTo(x, y);
    context.lineTo(toX, toY);
  });
  context.stroke();
}

/**
 * The same patterns for a small swatch, as CSS.
 * @type {(styles: TuningStyles) => Record<number, string>}
 */
export const swatches = ({ diverged, stuck, not_yet: notYet, paper, neutral }) => ({
  [DIVERGED]: `repeating-linear-gradient(135deg, ${diverged} 0 1px, ${paper} 1px 4px)`,
  [STUCK]: `radial-gradient(${stuck} 1.1px, transparent 1.5px) 0 0 / 5px 5px, ${neutral}`,
  [NOT_YET]: `repeating-linear-gradient(0deg, ${neutral} 0 4px, ${notYet} 4px 5px)`,
});

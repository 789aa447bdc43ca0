/** Maps as pictures: one pixel a start, and where the pixels are to be hatched. */
import { context2d } from '../core/canvas.js';
import { DIVERGED, UNSETTLED } from './basins_data.js';

/** @import { BasinsStyles } from '../wire/messages.js' */
/** @import { Pair } from './basins_types.js' */
/** @typedef {{picture: HTMLCanvasElement, mask: HTMLCanvasElement | null}} BasinsImage */
/** @typedef {{left: number, top: number, size: number}} BasinBox */

const HATCH = 6; // pixels from line to line

/** @type {(pair: Pair, racer: number, styles: BasinsStyles) => BasinsImage} */
export function imageOfBasins(pair, racer, styles) {
  const { index, level } = pair.maps[racer];
  /** @type {Record<number, number[]>} */
  const colours = { [DIVERGED]: rgb(styles.diverged), [UNSETTLED]: rgb(styles.unsettled) };
  const veils = pair.steps.map((steps) => styles.slowest * slowness(steps, pair.pace));
  const strong = styles.tones.map(rgb);
  const paper = rgb(styles.paper);
  /** @type {(cell: number) => number[]} */
  const colour = (cell) => colours[index[cell]] ?? veiled(strong[index[cell] % strong.length], paper, veils[level[cell]]);
  return imageOf(pair.resolution, colour, (cell) => index[cell] === DIVERGED);
}

/**
 * `racers` are their colours.
 * @type {(pair: Pair, racers: string[], styles: BasinsStyles) => BasinsImage}
 */
export function imageOfDifference({ ends, resolution }, [a, b], styles) {
  const colours = [b, a, styles.same, styles.other].map(rgb);
  return imageOf(resolution, (cell) => colours[ends[cell]], (cell) => ends[cell] === 3);
}

/**
 * The slowness of each level, from 0, fast, to 1, slow.
 * @type {(steps: number, pace: number[]) => number}
 */
export function slowness(steps, [low, high]) {
  const share = Math.log((1 + steps) / (1 + low)) / Math.log((1 + high) / (1 + low));
  return Math.max(0, Math.min(1, share));
}

/** @type {(colour: number[], paper: number[], share: number) => number[]} */
export const veiled = (colour, paper, share) => colour.map((value, i) => Math.floor(value + (paper[i] - value) * share + 0.5));

/** @type {(colour: string) => number[]} */
const rgb = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

/**
 * Two canvases: the picture with the highest y on top, and the mask of the hatch, or null if nothing is hatched.
 * @type {(size: number, colour: (cell: number) => number[], isHatched: (cell: number) => boolean) => BasinsImage}
 */
function imageOf(size, colour, isHatched) {
  const picture = new ImageData(size, size);
  const mask = new ImageData(size, size);
  let any = false;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const cell = row * size + column;
      const at = 4 * ((size - 1 - row) * size + column);
      picture.data.set(colour(cell), at);
      picture.data[at + 3] = 255;
      if (!isHatched(cell)) continue;
      any = true;
      mask.data[at + 3] = 255;
    }
  }
  return { picture: canvasOf(picture), mask: any ? canvasOf(mask) : null };
}

/** @type {(image: ImageData) => HTMLCanvasElement} */
function canvasOf(image) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height];
  context2d(canvas).putImageData(image, 0, 0);
  return canvas;
}

/**
 * Draw a picture scaled up, each start a square around its point, the outermost ones cut at the edge.
 * @type {(context: CanvasRenderingContext2D, image: BasinsImage, box: BasinBox, hatch: string) => void}
 */
export function drawImage(context, { picture, mask }, box, hatch) {
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, ...around(picture.width, box));
  if (mask) context.drawImage(hatched(mask, box, hatch), box.left, box.top, box.size, box.size);
}

/** @type {(cells: number, box: BasinBox) => [number, number, number, number]} */
function around(cells, { left, top, size }) {
  const cell = size / (cells - 1);
  return [left - cell / 2, top - cell / 2, cell * cells, cell * cells];
}

/**
 * Diagonal lines where the mask is.
 * @type {(mask: HTMLCanvasElement, box: BasinBox, colour: string) => HTMLCanvasElement}
 */
function hatched(mask, { size }, colour) {
  const ratio = window.devicePixelRatio || 1;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.round(size * ratio);
  const context = context2d(canvas);
  context.scale(ratio, ratio);
  context.imageSmoothingEnabled = false;
  context.drawImage(mask, ...around(mask.width, { left: 0, top: 0, size }));
  context.globalCompositeOperation = 'source-in';
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (let x = -size; x < size; x += HATCH) {
    context.moveTo(x, size);
    context.lineTo(x + size, 0);
  }
  context.stroke();
  return canvas;
}

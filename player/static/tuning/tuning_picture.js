/** The tuning map as a picture for exports, with its legend below. */
import { fit } from '../core/canvas.js';
import { formatNumber } from '../core/numbers.js';
import { ground, theme } from '../core/theme.js';
import { DIVERGED } from './tuning_data.js';
import { PATTERNS, toneAt } from './tuning_image.js';
import { counted, minimaOf, regionsOf } from './tuning_legend.js';
import { backdrop, paintPlane } from './tuning_paint.js';

/** @import { TuningStyles } from '../wire/messages.js' */
/** @import { Picture, Point } from '../core/types.js' */
/** @import { PlaneScale } from './tuning_scale.js' */
/** @import { Plane } from './tuning_types.js' */
/** @typedef {(context: CanvasRenderingContext2D, x: number, y: number) => void} LegendLine */

const RATIO = 3;
const LINE = 20;
const SWATCH = { width: 16, height: 12 };

/**
 * `place` is that of the cross-hair, `colour` the racer's.
 * @type {(scale: PlaneScale, plane: Plane, place: Point, colour: string) => Picture}
 */
export function pictureOfPlane(scale, plane, place, colour) {
  const styles = plane.colours[theme.name];
  const lines = plane.measure === 'minimum' ? minima(plane, styles) : [ramp(plane, styles)];
  const regions = regionsOf(plane).map(([region, words]) => swatched(words, (context) => drawRegion(context, region, styles)));
  const [width, height] = [scale.width, scale.height + LINE * (lines.length + regions.length) + 6];
  const canvas = document.createElement('canvas');
  const context = fit(canvas, width, height, RATIO);
  const view = { plane, place, colour, hover: -1, focused: false };
  paintPlane(context, scale, { ...view, backdrop: backdrop(scale, { plane, styles, behind: false }, RATIO) });
  [...lines, ...regions].forEach((draw, i) => draw(context, scale.box.left, scale.height + LINE * (i + 0.7)));
  return { canvas, width, height };
}

/** @type {(context: CanvasRenderingContext2D, text: string, x: number, y: number) => number} */
const write = (context, text, x, y) => {
  Object.assign(context, { font: `13px ${theme.font}`, textAlign: 'left', fillStyle: ground().ink });
  context.fillText(text, x, y);
  return x + context.measureText(text).width;
};

/**
 * A line of the legend: a small picture, then words.
 * @type {(words: string, draw: (context: CanvasRenderingContext2D) => void) => LegendLine}
 */
const swatched = (words, draw) => (context, x, y) => {
  context.save();
  context.translate(x, y - 10);
  context.beginPath();
  context.rect(0, 0, SWATCH.width, SWATCH.height);
  context.clip();
  draw(context);
  context.restore();
  write(context, words, x + SWATCH.width + 8, y);
};

/** @type {(context: CanvasRenderingContext2D, region: number, styles: TuningStyles) => void} */
function drawRegion(context, region, styles) {
  context.fillStyle = region === DIVERGED ? styles.paper : styles.neutral;
  context.fillRect(0, 0, SWATCH.width, SWATCH.height);
  PATTERNS[region](context, SWATCH.width, SWATCH.height, styles);
}

/** @type {(plane: Plane, styles: TuningStyles) => LegendLine} */
const ramp = (plane, styles) => (context, x, y) => {
  const [low, high] = plane.scale ?? [null, null];
  const from = write(context, `${counted(plane)}: ${formatNumber(low, 2)}`, x, y) + 8;
  for (let i = 0; i < 100; i++) {
    context.fillStyle = toneAt(styles.scale, i / 99);
    context.fillRect(from + i, y - 10, 1.5, 12);
  }
  write(context, formatNumber(high, 2), from + 109, y);
};

/** @type {(plane: Plane, styles: TuningStyles) => LegendLine[]} */
const minima = (plane, styles) =>
  minimaOf(plane, styles).map(([colour, words]) =>
    swatched(words, (context) => {
      context.fillStyle = colour;
      context.fillRect(0, 0, SWATCH.width, SWATCH.height);
    }),
  );

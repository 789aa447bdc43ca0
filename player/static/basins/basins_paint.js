/** Draws one map of basins: picture, frame with ticks outside, ringed minima, the start, the point under the hand. */
import { niceTicks } from '../core/axes.js';
import { drawImage } from './basins_image.js';
import { disc } from '../core/canvas.js';
import { formatNumber } from '../core/numbers.js';
import { ground, theme } from '../core/theme.js';

/** @import { Minimum } from '../wire/messages.js' */
/** @import { Point } from '../core/types.js' */
/** @import { BasinsImage } from './basins_image.js' */
/** @import { BasinScale } from './basins_scale.js' */

const NUMBERED = 10; // with more minima than that the rings are small and without numbers

/**
 * @param {CanvasRenderingContext2D} context
 * @param {BasinScale} scale
 * @param {{image: BasinsImage, hatch: string, minima: Minimum[], start: Point, hover: Point | null, behind: boolean}} view
 */
export function paintBasins(context, scale, view) {
  const { box } = scale;
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.size, box.size);
  context.clip();
  context.globalAlpha = view.behind ? 0.45 : 1;
  drawImage(context, view.image, box, view.hatch);
  context.globalAlpha = 1;
  view.minima.forEach((minimum, index) => paintMinimum(context, scale, minimum, index, view.minima.length));
  if (view.hover) paintCross(context, scale, view.hover);
  disc(context, scale.x(view.start[0]), scale.y(view.start[1]), 6.5, ground().paper, ground().ink, 2.2);
  context.restore();
  paintTicks(context, scale);
}

/** @type {(context: CanvasRenderingContext2D, scale: BasinScale, minimum: Minimum, index: number, all: number) => void} */
function paintMinimum(context, { x, y }, { xy, best }, index, all) {
  const [px, py] = [x(xy[0]), y(xy[1])];
  const { ink, paper } = ground();
  if (all > NUMBERED) {
    disc(context, px, py, best ? 4.5 : 1.6, best ? paper : ink, ink, best ? 1.6 : 0);
    return;
  }
  disc(context, px, py, 7.5, paper, ink, best ? 2 : 1);
  context.font = `${best ? 700 : 400} 10px ${theme.font}`;
  context.textAlign = 'center';
  context.fillStyle = ink;
  context.fillText(String(index + 1), px, py + 3.5);
}

/** @type {(context: CanvasRenderingContext2D, scale: BasinScale, place: Point) => void} */
function paintCross(context, { x, y, box }, [atX, atY]) {
  context.strokeStyle = ground().ink;
  context.globalAlpha = 0.55;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x(atX), box.top);
  context.lineTo(x(atX), box.bottom);
  context.moveTo(box.left, y(atY));
  context.lineTo(box.right, y(atY));
  context.stroke();
  context.globalAlpha = 1;
}

/** @type {(context: CanvasRenderingContext2D, scale: BasinScale) => void} */
function paintTicks(context, { box, x, y, domain }) {
  const { muted, hairline } = ground();
  context.strokeStyle = hairline;
  context.fillStyle = muted;
  context.lineWidth = 1;
  context.font = `11px ${theme.font}`;
  context.strokeRect(box.left - 0.5, box.top - 0.5, box.size + 1, box.size + 1);
  const count = box.size < 200 ? 3 : 5;
  context.textAlign = 'center';
  for (const tick of niceTicks(...domain[0], count)) {
    context.fillRect(Math.round(x(tick)), box.bottom + 1, 1, 4);
    if (x(tick) < box.right - 6) context.fillText(formatNumber(tick, 4), x(tick), box.bottom + 16);
  }
  context.textAlign = 'right';
  for (const tick of niceTicks(...domain[1], count)) {
    context.fillRect(box.left - 5, Math.round(y(tick)), 4, 1);
    context.fillText(formatNumber(tick, 4), box.left - 7, Math.max(y(tick) + 3.5, box.top + 9));
  }
}

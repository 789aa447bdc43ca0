/** Draws the tuning map: picture, ticks, theory, best cell, cross-hair, and the cell under the pointer. */
import { niceTicks } from '../core/axes.js';
import { disc, fit, haloed } from '../core/canvas.js';
import { formatNumber } from '../core/numbers.js';
import { ground, theme } from '../core/theme.js';
import { drawPlane, imageOfPlane } from './tuning_image.js';
import { placeOf } from './tuning_scale.js';

/** @import { Axis, Theory, TuningStyles } from '../wire/messages.js' */
/** @import { Point } from '../core/types.js' */
/** @import { PlaneScale } from './tuning_scale.js' */
/** @import { Plane } from './tuning_types.js' */
/** @typedef {{plane: Plane, backdrop: HTMLCanvasElement, place: Point, colour: string, hover: number, focused: boolean}} PlaneView */

/**
 * All that stays while a hand drags, drawn once: the picture, what theory says, the best cell, the frame with its ticks.
 * @param {PlaneScale} scale
 * @param {{plane: Plane, styles: TuningStyles, behind: boolean}} view
 * @param {number} ratio pixels of the canvas a pixel
 * @returns {HTMLCanvasElement}
 */
export function backdrop(scale, { plane, styles, behind }, ratio = window.devicePixelRatio || 1) {
  const canvas = document.createElement('canvas');
  const context = fit(canvas, scale.width, scale.height, ratio);
  inside(context, scale, () => {
    context.globalAlpha = behind ? 0.45 : 1;
    drawPlane(context, imageOfPlane(plane, styles), scale.box, styles, ratio);
    context.globalAlpha = 1;
    paintTheory(context, scale, plane.theory);
    paintBest(context, scale, plane);
  });
  paintTicks(context, scale, plane);
  paintNames(context, scale, plane);
  return canvas;
}

/**
 * Draw the backdrop, and on it what moves: the cross-hair and the cell under the pointer.
 * @param {CanvasRenderingContext2D} context
 * @param {PlaneScale} scale
 * @param {PlaneView} view
 */
export function paintPlane(context, scale, view) {
  context.drawImage(view.backdrop, 0, 0, scale.width, scale.height);
  inside(context, scale, () => {
    paintCell(context, scale, view.plane, view.hover);
    paintCross(context, scale, view);
  });
  paintFrame(context, scale, view);
}

/**
 * Draw nothing outside the map.
 * @type {(context: CanvasRenderingContext2D, scale: PlaneScale, draw: () => void) => void}
 */
function inside(context, { box }, draw) {
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  draw();
  context.restore();
}

/**
 * A line that reads on any ground: dark on a light casing.
 * @type {(context: CanvasRenderingContext2D, draw: () => void, width?: number, dash?: number[]) => void}
 */
function cased(context, draw, width = 1.6, dash = []) {
  const { ink, paper } = ground();
  context.beginPath();
  draw();
  context.lineJoin = 'round';
  for (const { colour, wide, gaps } of [{ colour: paper, wide: width + 2.6, gaps: [] }, { colour: ink, wide: width, gaps: dash }]) {
    context.strokeStyle = colour;
    context.lineWidth = wide;
    context.setLineDash(gaps);
    context.stroke();
  }
  context.setLineDash([]);
}

/** @type {(context: CanvasRenderingContext2D, scale: PlaneScale, theory: Theory | null) => void} */
function paintTheory(context, scale, theory) {
  if (!theory) return;
  cased(context, () => theory.edge.forEach(([x, y]) => context.lineTo(scale.x(x), scale.y(y))), 1.8, [7, 4]);
  const { box } = scale;
  const at = theory.edge.findLast(([x, y]) => scale.x(x) < box.left + box.width - 20 && scale.y(y) > box.top + 0.32 * box.height);
  context.font = `600 12px ${theme.font}`;
  if (at) paintLabel(context, scale, `stability edge ${theory.formula}`, scale.x(at[0]) + 8, scale.y(at[1]));
  const [px, py] = [scale.x(theory.best[0]), scale.y(theory.best[1])];
  cased(context, () => star(context, px, py, 8), 1.4);
  context.fillStyle = ground().paper;
  context.fill();
  cased(context, () => star(context, px, py, 8), 1.4);
  paintLabel(context, scale, 'best in theory', px + 13, py + 4);
}

/**
 * Text with a halo, to the left of its place where there is no room to the right.
 * @type {(context: CanvasRenderingContext2D, scale: PlaneScale, text: string, x: number, y: number) => void}
 */
function paintLabel(context, { box }, text, x, y) {
  const room = x + context.measureText(text).width < box.left + box.width - 4;
  context.textAlign = room ? 'left' : 'right';
  haloed(context, text, room ? x : x - 24, y, ground().ink, ground().paper);
}

/** @type {(context: CanvasRenderingContext2D, x: number, y: number, size: number) => void} */
function star(context, x, y, size) {
  for (let i = 0; i < 8; i++) {
    const [reach, angle] = [i % 2 ? size * 0.42 : size, (i * Math.PI) / 4 - Math.PI / 2];
    context.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  context.closePath();
}

/** @type {(context: CanvasRenderingContext2D, scale: PlaneScale, plane: Plane) => void} */
function paintBest(context, scale, { best, theory }) {
  if (!best) return;
  const [px, py] = [scale.x(best.place[0]), scale.y(best.place[1])];
  cased(context, () => context.arc(px, py, 7, 0, 2 * Math.PI), 2);
  context.font = `600 12px ${theme.font}`;
  const crowded = theory && Math.hypot(px - scale.x(theory.best[0]), py - scale.y(theory.best[1])) < 40;
  paintLabel(context, scale, 'best cell', px + 13, py - (crowded ? 18 : 8));
}

/** @type {(context: CanvasRenderingContext2D, scale: PlaneScale, plane: Plane, cell: number) => void} */
function paintCell(context, { box }, { rows, columns }, cell) {
  if (cell < 0) return;
  const [width, height] = [box.width / columns, box.height / rows];
  const [column, row] = [cell % columns, Math.floor(cell / columns)];
  context.strokeStyle = ground().ink;
  context.lineWidth = 1.5;
  context.strokeRect(box.left + column * width, box.top + (rows - 1 - row) * height, width, height);
}

/**
 * The cross-hair; where the settings lie beyond the map, it stays at its edge.
 * @type {(context: CanvasRenderingContext2D, scale: PlaneScale, view: PlaneView) => void}
 */
function paintCross(context, { box, x, y }, { place, colour }) {
  const px = Math.max(box.left, Math.min(box.left + box.width, x(place[0])));
  const py = Math.max(box.top, Math.min(box.top + box.height, y(place[1])));
  cased(context, () => {
    context.moveTo(px, box.top);
    context.lineTo(px, py - 10);
    context.moveTo(px, py + 10);
    context.lineTo(px, box.top + box.height);
    context.moveTo(box.left, py);
    context.lineTo(px - 10, py);
    context.moveTo(px + 10, py);
    context.lineTo(box.left + box.width, py);
  }, 1);
  disc(context, px, py, 9, ground().paper, ground().ink, 1.4);
  disc(context, px, py, 6, colour, ground().paper, 1.5);
}

/** @type {(context: CanvasRenderingContext2D, scale: PlaneScale, view: PlaneView) => void} */
function paintFrame(context, { box }, { focused }) {
  const { accent, hairline } = ground();
  context.strokeStyle = focused ? accent : hairline;
  context.lineWidth = focused ? 2 : 1;
  context.strokeRect(box.left - 0.5, box.top - 0.5, box.width + 1, box.height + 1);
}

/** @type {(context: CanvasRenderingContext2D, scale: PlaneScale, plane: Plane) => void} */
function paintTicks(context, { box, x, y }, { axes }) {
  context.fillStyle = ground().muted;
  context.lineWidth = 1;
  context.font = `11px ${theme.font}`;
  context.textAlign = 'center';
  for (const tick of ticks(axes[0], box.width / 70)) {
    context.fillRect(Math.round(x(tick)), box.top + box.height + 1, 1, 4);
    context.fillText(formatNumber(tick, 3), Math.min(x(tick), box.left + box.width - 8), box.top + box.height + 16);
  }
  context.textAlign = 'right';
  for (const tick of ticks(axes[1], box.height / 60)) {
    context.fillRect(box.left - 5, Math.round(y(tick)), 4, 1);
    context.fillText(formatNumber(tick, 3), box.left - 8, Math.max(y(tick) + 3.5, box.top + 8));
  }
}

/**
 * Round values on an axis, at most `maxCount`. On a log axis: 1, 2 and 5 of each decade, or decades alone.
 * @type {(axis: Axis, maxCount: number) => number[]}
 */
function ticks(axis, maxCount) {
  const { values, log, whole } = axis;
  const [low, high] = [values[0], values[values.length - 1]];
  if (whole) return thinned(values, maxCount);
  if (!log) return niceTicks(low, high, Math.max(2, Math.floor(maxCount)));
  /** @type {(list: number[]) => number[]} */
  const within = (list) => list.filter((value) => placeOf(axis, value) > -0.5 && placeOf(axis, value) < values.length - 0.5);
  /** @type {(mantissas: number[]) => number[]} */
  const of = (mantissas) => {
    const decades = Array.from({ length: Math.ceil(Math.log10(high / low)) + 2 }, (_, i) => Math.floor(Math.log10(low)) + i);
    return within(decades.flatMap((decade) => mantissas.map((mantissa) => Number(`${mantissa}e${decade}`))));
  };
  return [of([1, 2, 5]), of([1, 3]), of([1])].find((list) => list.length <= maxCount) ?? thinned(of([1]), maxCount);
}

/** @type {(list: number[], maxCount: number) => number[]} */
const thinned = (list, maxCount) => list.filter((_, i) => i % Math.ceil(list.length / maxCount) === 0);

/** @type {(context: CanvasRenderingContext2D, scale: PlaneScale, plane: Plane) => void} */
function paintNames(context, { box }, { axes }) {
  const [across, up] = axes.map(({ label, symbol }) => (symbol ? `${label} ${symbol}` : label));
  context.font = `600 13px ${theme.font}`;
  context.fillStyle = ground().ink;
  context.textAlign = 'center';
  context.fillText(across, box.left + box.width / 2, box.top + box.height + 34);
  context.save();
  context.translate(13, box.top + box.height / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(up, 0, 0);
  context.restore();
}

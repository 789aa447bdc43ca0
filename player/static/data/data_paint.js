/** Draws the data with every racer's line at the playhead; of the chosen racer also the errors of the present batch. */
import { between, fit } from '../core/canvas.js';
import { batchUnderWay, chosenRacer } from './chosen_racer.js';
import { paintFrame } from './data_axes.js';
import { boundary, fitLines } from './data_scale.js';
import { strokeLine } from './lines.js';
import { paintGroupNames, paintShares } from './line_names.js';
import { addMark, trace } from './marks.js';
import { currentRace, state } from '../core/store.js';
import { ground, styleOf } from '../core/theme.js';

/** @import { DataScale } from './data_scale.js' */
/** @import { Line } from './lines.js' */
/** @import { Racer } from '../core/types.js' */

const PALE = 0.45; // rows outside the batch
const MANY = 300; // rows above which everything is drawn thinner

/**
 * @param {CanvasRenderingContext2D} context
 * @param {DataScale} scale
 */
export function paintData(context, scale) {
  const racer = chosenRacer();
  if (!racer) return;
  const batch = batchUnderWay(racer);
  paintFrame(context, scale);
  context.save();
  clip(context, scale.box);
  if (scale.data.kind !== 'classes' && batch !== undefined) paintErrors(context, scale, racer, batch);
  context.globalAlpha = batch ? PALE : 1;
  scale.rows ??= paintRows(scale);
  context.drawImage(scale.rows, 0, 0, scale.width, scale.height);
  context.globalAlpha = 1;
  currentRace().racers.filter((other) => other !== racer).forEach((other) => paintFit(context, scale, other, false));
  paintFit(context, scale, racer, true);
  if (scale.heldOut) paintTrained(context, scale);
  if (batch) paintBatch(context, scale, racer, batch);
  if (scale.data.kind === 'rare') paintGroupNames(context, scale, fitLines(scale, ...at(racer)), styleOf(racer).colour);
  context.restore();
}

/**
 * A racer's two parameters at the playhead.
 * @type {(racer: Racer) => [number, number]}
 */
const at = ({ x, y }) => [between(x, state.playhead), between(y, state.playhead)];

/** @type {(context: CanvasRenderingContext2D, box: DataScale['box']) => void} */
function clip(context, { left, right, top, bottom }) {
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
}

/**
 * All rows once, on a canvas of their own: thousands of marks are too many for every frame.
 * @type {(scale: DataScale) => HTMLCanvasElement}
 */
function paintRows({ data, px, py, heldOut, radius, width, height }) {
  const canvas = document.createElement('canvas');
  const context = fit(canvas, width, height);
  heldOut?.px.forEach((x, row) => addMark(context, 'held_out', 0, x, heldOut.py[row], radius));
  context.globalAlpha = px.length > MANY ? 0.65 : 0.8;
  const order = [...px.keys()].toSorted((one, other) => (data.groups?.[one] ?? 0) - (data.groups?.[other] ?? 0));
  order.forEach((row) => addMark(context, data.kind, data.groups?.[row] ?? 0, px[row], py[row], radius));
  return canvas;
}

/**
 * The rows trained on, over the lines that go through them, where others are held out.
 * @type {(context: CanvasRenderingContext2D, scale: DataScale) => void}
 */
function paintTrained(context, { data, px, py, radius }) {
  px.forEach((x, row) => addMark(context, data.kind, 1, x, py[row], radius * 1.2));
}

/**
 * Draw the error of each row of the batch, from its target to its prediction.
 * @type {(context: CanvasRenderingContext2D, scale: DataScale, racer: Racer, batch: Uint16Array | null) => void}
 */
function paintErrors(context, { data, px, py, y }, racer, batch) {
  const [p1, p2] = at(racer);
  const rows = batch ?? px.keys();
  const count = batch?.length ?? px.length;
  context.beginPath();
  for (const row of rows) {
    context.moveTo(px[row], py[row]);
    context.lineTo(px[row], y(data.a1[row] * p1 + data.a2[row] * p2));
  }
  context.strokeStyle = styleOf(racer).colour;
  context.lineWidth = count > MANY ? 0.6 : 1.2;
  context.globalAlpha = count > MANY ? 0.25 * Math.sqrt(MANY / count) : 0.55;
  context.stroke();
  context.globalAlpha = 1;
}

/**
 * The batch's rows in the racer's colour; of classes, whose own marks tell them apart, ringed.
 * @type {(context: CanvasRenderingContext2D, scale: DataScale, racer: Racer, batch: Uint16Array) => void}
 */
function paintBatch(context, { data, px, py, radius }, racer, batch) {
  const { colour } = styleOf(racer);
  const ringed = data.kind === 'classes';
  const size = ringed ? radius + 2.5 : Math.max(radius * 1.25, 2);
  /** @type {(row: number) => number} */
  const groupOf = (row) => data.groups?.[row] ?? 0;
  if (ringed) batch.forEach((row) => addMark(context, data.kind, groupOf(row), px[row], py[row], radius));
  context.beginPath();
  batch.forEach((row) => trace(context, data.kind, groupOf(row), px[row], py[row], size));
  Object.assign(context, ringed ? { lineWidth: 2, strokeStyle: colour } : { lineWidth: 1.2, strokeStyle: ground().raised });
  context.fillStyle = colour;
  if (!ringed) context.fill();
  context.stroke();
}

/**
 * A racer's line or lines: the chosen racer's strong, on a halo, the others' thin.
 * @type {(context: CanvasRenderingContext2D, scale: DataScale, racer: Racer, strong: boolean) => void}
 */
function paintFit(context, scale, racer, strong) {
  const [p1, p2] = at(racer);
  const { colour, dash } = styleOf(racer);
  const classes = scale.data.kind === 'classes';
  const lines = classes ? [boundary(scale, p1, p2, 0)] : fitLines(scale, p1, p2);
  const visible = lines.filter((line) => line !== null);
  if (strong) visible.forEach((line) => stroke(context, line, ground().raised, 6.5, []));
  visible.forEach((line) => stroke(context, line, colour, strong ? 3 : 1.5, dash));
  if (classes && strong) paintShares(context, scale, p1, p2, colour);
}

/** @type {(context: CanvasRenderingContext2D, line: Line, colour: string, width: number, dash: number[]) => void} */
function stroke(context, line, colour, width, dash) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash);
  strokeLine(context, line);
  context.setLineDash([]);
}

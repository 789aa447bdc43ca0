/** The frame of the data's picture: round ticks, the names of the columns, and what the marks stand for. */
import { niceTicks } from '../core/axes.js';
import { addMark } from './marks.js';
import { formatNumber } from '../core/numbers.js';
import { ground, theme } from '../core/theme.js';

/** @import { DataScale } from './data_scale.js' */
/** @import { MarkKind } from './marks.js' */

const GAP = 14; // pixels between two texts on one line

/** @type {(context: CanvasRenderingContext2D, scale: DataScale) => void} */
export function paintFrame(context, scale) {
  const { box } = scale;
  context.fillStyle = ground().raised;
  context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.font = `11px ${theme.font}`;
  context.lineWidth = 1;
  context.strokeStyle = ground().hairline;
  context.fillStyle = ground().muted;
  const used = paintNameAcross(context, scale);
  paintUp(context, scale);
  paintAcross(context, scale, box.right - used);
  context.strokeRect(box.left + 0.5, box.top + 0.5, box.right - box.left - 1, box.bottom - box.top - 1);
  paintTop(context, scale);
}

/** @type {(context: CanvasRenderingContext2D, scale: DataScale) => void} */
function paintUp(context, { box, ys, y }) {
  context.textAlign = 'right';
  for (const tick of niceTicks(...ys, 6)) {
    const at = Math.round(y(tick)) + 0.5;
    line(context, box.left, at, box.right, at);
    context.fillText(formatNumber(tick, 4), box.left - 6, Math.min(at + 3.5, box.bottom));
  }
}

/** @type {(context: CanvasRenderingContext2D, scale: DataScale, free: number) => void} */
function paintAcross(context, { box, xs, x }, free) {
  context.textAlign = 'center';
  for (const tick of niceTicks(...xs, box.right - box.left < 400 ? 4 : 7)) {
    const at = Math.round(x(tick)) + 0.5;
    line(context, at, box.top, at, box.bottom + 4);
    const text = formatNumber(tick, 4);
    const half = context.measureText(text).width / 2;
    if (at + half < free && at - half > 0) context.fillText(text, at, box.bottom + 16);
  }
}

/** @type {(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number) => void} */
function line(context, x1, y1, x2, y2) {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

/**
 * The name of what goes across, at the end of the ticks' line; returns the room it takes.
 * @type {(context: CanvasRenderingContext2D, scale: DataScale) => number}
 */
function paintNameAcross(context, { data, box }) {
  const text = short(context, data.names.x, (box.right - box.left) * 0.6);
  context.textAlign = 'right';
  context.fillText(text, box.right, box.bottom + 16);
  return context.measureText(text).width + GAP;
}

/**
 * The name of what goes up, and the groups at the other end of the same line.
 * @type {(context: CanvasRenderingContext2D, scale: DataScale) => void}
 */
function paintTop(context, scale) {
  const { data, box, width } = scale;
  const left = paintGroups(context, scale) ?? width;
  context.fillStyle = ground().muted;
  context.textAlign = 'left';
  context.fillText(short(context, data.names.y, left - GAP - box.left), box.left, box.top - 7);
}

/**
 * What each mark stands for, from the right; returns where it begins, nothing if all are alike.
 * @type {(context: CanvasRenderingContext2D, scale: DataScale) => number | null}
 */
function paintGroups(context, { data, box }) {
  const marks = markNames(data);
  if (!marks.length) return null;
  let right = box.right;
  for (const [kind, group, name] of marks.toReversed()) {
    const text = short(context, name, 120);
    context.textAlign = 'right';
    context.fillStyle = ground().muted;
    context.fillText(text, right, box.top - 7);
    right -= context.measureText(text).width + 9;
    addMark(context, kind, group, right, box.top - 10.5, 3.5);
    right -= GAP + 4;
  }
  return right;
}

/** @type {(data: DataScale['data']) => [MarkKind, number, string][]} */
function markNames({ kind, names, heldOut }) {
  if (names.groups) return [[kind, 0, names.groups[0]], [kind, 1, names.groups[1]]];
  return heldOut ? [[kind, 1, 'trained on'], ['held_out', 0, 'held out']] : [];
}

/**
 * A name cut to the room there is.
 * @type {(context: CanvasRenderingContext2D, text: string, room: number) => string}
 */
function short(context, text, room) {
  if (context.measureText(text).width <= room) return text;
  let length = text.length;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) length -= 1;
  return `${text.slice(0, length).trimEnd()}…`;
}

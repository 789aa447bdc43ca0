/** The marks of the data's rows: discs; diamonds for rows with a rare feature; classes, and rows held out, hollow. */
import { ground } from '../core/theme.js';

/** @import { Context } from '../core/types.js' */
/** @typedef {import('../wire/messages.js').DataPayload['kind'] | 'held_out'} MarkKind */

/**
 * Add the outline of a mark to the path.
 * @type {(path: Context, kind: MarkKind, group: number, x: number, y: number, radius: number) => void}
 */
export function trace(path, kind, group, x, y, radius) {
  if (kind === 'rare' && group === 1) {
    diamond(path, x, y, radius * 1.5);
    return;
  }
  path.moveTo(x + radius, y);
  path.arc(x, y, radius, 0, 2 * Math.PI);
}

/**
 * Add a diamond to the path.
 * @type {(path: Context, x: number, y: number, size: number) => void}
 */
export function diamond(path, x, y, size) {
  path.moveTo(x, y - size);
  path.lineTo(x + size, y);
  path.lineTo(x, y + size);
  path.lineTo(x - size, y);
  path.closePath();
}

/**
 * Draw one row's mark, quiet: the lines have the colours.
 * @type {(context: CanvasRenderingContext2D, kind: MarkKind, group: number, x: number, y: number, radius: number) => void}
 */
export function addMark(context, kind, group, x, y, radius) {
  context.beginPath();
  trace(context, kind, group, x, y, radius);
  const { raised, ink, muted } = ground();
  const plain = [group ? ink : muted, raised];
  const [fill, rim] = { classes: [group ? ink : raised, ink], held_out: [raised, muted], line: plain, rare: plain }[kind];
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = radius < 3 ? 0.5 : 1.2;
  context.strokeStyle = rim;
  context.stroke();
}

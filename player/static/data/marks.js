/** The marks of the data's rows: discs; diamonds for rows with a rare feature; classes, and rows held out, hollow. */
import { ground } from '../core/theme.js';

/** Add the outline of a mark to the path. */
export function trace(path, kind, group, x, y, radius) {
  if (kind === 'rare' && group === 1) return diamond(path, x, y, radius * 1.5);
  path.moveTo(x + radius, y);
  return path.arc(x, y, radius, 0, 2 * Math.PI);
}

/** Add a diamond to the path. */
export function diamond(path, x, y, size) {
  path.moveTo(x, y - size);
  path.lineTo(x + size, y);
  path.lineTo(x, y + size);
  path.lineTo(x - size, y);
  path.closePath();
}

/** Draw one row's mark, quiet: the lines have the colours. */
export function addMark(context, kind, group, x, y, radius) {
  context.beginPath();
  trace(context, kind, group, x, y, radius);
  const { raised, ink, muted } = ground();
  const [fill, rim] = { classes: [group ? ink : raised, ink], held_out: [raised, muted] }[kind] ?? [group ? ink : muted, raised];
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = radius < 3 ? 0.5 : 1.2;
  context.strokeStyle = rim;
  context.stroke();
}

/** Names on the lines in the data's picture, each clear of the frame. */
import { haloed } from '../core/canvas.js';
import { boundary } from './data_scale.js';
import { strokeLine } from './lines.js';
import { ground, theme } from '../core/theme.js';

/** @import { Box, Line } from './lines.js' */
/** @import { DataScale } from './data_scale.js' */

const SHARES = [0.1, 0.9];

/**
 * Two parallel lines, each named near its right end: the upper one above it, the lower one below.
 * @type {(context: CanvasRenderingContext2D, scale: DataScale, lines: (Line | null)[], colour: string) => void}
 */
export function paintGroupNames(context, { data, box }, lines, colour) {
  const [first, second] = lines;
  const secondUp = first && second && second[3] < first[3];
  lines.forEach((line, group) => {
    if (line) paintName(context, box, line, data.names.groups?.[group] ?? '', colour, (group === 1) === Boolean(secondUp));
  });
}

/**
 * A classifier's lines of 10 and 90 %, faint, each saying of which class.
 * @type {(context: CanvasRenderingContext2D, scale: DataScale, p1: number, p2: number, colour: string) => void}
 */
export function paintShares(context, scale, p1, p2, colour) {
  for (const share of SHARES) {
    const line = boundary(scale, p1, p2, Math.log(share / (1 - share)));
    if (!line) continue;
    context.globalAlpha = 0.5;
    context.strokeStyle = colour;
    context.lineWidth = 1.2;
    strokeLine(context, line);
    context.globalAlpha = 1;
    paintName(context, scale.box, line, `${share * 100} % ${scale.data.names.groups?.[1] ?? ''}`.trim(), colour, true);
  }
}

/** @type {(context: CanvasRenderingContext2D, box: Box, line: Line, text: string, colour: string, above: boolean) => void} */
function paintName(context, box, [x1, y1, x2, y2], text, colour, above) {
  context.font = `600 11.5px ${theme.font}`;
  const half = context.measureText(text).width / 2 + 6;
  const steep = Math.abs(y2 - y1) > Math.abs(x2 - x1);
  const share = steep ? (above ? 0.12 : 0.24) : 0.86; // two steep lines may be one upon the other
  const [x, y] = [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
  const drop = Math.abs((y2 - y1) / (x2 - x1 || 1)) * half; // how far the line runs up or down beside the name
  const up = steep ? 4 : above ? -8 - drop : 16 + drop;
  const aside = steep ? half + 4 : 0;
  /** @type {[number, number]} */
  const place = [
    Math.max(box.left + half, Math.min(x + aside, box.right - half)),
    Math.max(box.top + 14, Math.min(y + up, box.bottom - 6)),
  ];
  context.textAlign = 'center';
  haloed(context, text, ...place, colour, ground().raised);
}

/** Where the batch's own surface is lowest: a ring, or a line where its rows leave a way open; with its name. */
import { between, haloed } from '../core/canvas.js';
import { frame, MARGIN, toX, toY } from '../core/frame.js';
import { lineWithin, strokeLine } from '../data/lines.js';
import { currentLandscape, currentRace, state } from '../core/store.js';
import { ground, theme } from '../core/theme.js';

/** @import { Context, Point } from '../core/types.js' */
/** @import { Box } from '../data/lines.js' */
/** @typedef {(context: Context, place: Point, colour: string) => void} Sign */

const RING = 6;

/**
 * @type {(context: Context, best: import('../data/weighted_least_squares.js').Minimum, colour: string) => void}
 */
export function paintMinimum(context, { at, along }, colour) {
  /** @type {Point} */
  const place = [toX(at[0]), toY(at[1])];
  if (!along) {
    ring(context, place, colour);
    paintName(context, 'this batch’s minimum', place, colour, ring);
    return;
  }
  const line = lineWithin(mapBox(), place, [toX(along[0]) - toX(0), toY(along[1]) - toY(0)]);
  if (!line) return;
  cased(context, colour, () => strokeLine(context, line));
  const [x1, y1, x2, y2] = line;
  paintName(context, 'this batch’s minima', [(x1 + x2) / 2, (y1 + y2) / 2], colour, dash);
}

/** @type {Sign} */
function ring(context, [x, y], colour) {
  cased(context, colour, () => {
    context.beginPath();
    context.arc(x, y, RING, 0, 2 * Math.PI);
    context.stroke();
  });
}

/** @type {Sign} */
const dash = (context, [x, y], colour) => cased(context, colour, () => strokeLine(context, [x - RING, y, x + RING, y]));

/**
 * Stroked twice, the first time wider and in the colour of the ground.
 * @type {(context: Context, colour: string, stroke: () => void) => void}
 */
function cased(context, colour, stroke) {
  for (const { ink, width } of [{ ink: ground().paper, width: 4.5 }, { ink: colour, width: 2 }]) {
    context.strokeStyle = ink;
    context.lineWidth = width;
    stroke();
  }
}

/**
 * Beside the place while paused; in a corner, with its sign, while the place jumps or has no room.
 * @type {(context: Context, text: string, place: Point, colour: string, sign: Sign) => void}
 */
function paintName(context, text, [x, y], colour, sign) {
  const box = mapBox();
  context.font = `600 12px ${theme.font}`;
  context.textAlign = 'center';
  const half = context.measureText(text).width / 2;
  /** @type {Point[]} */
  const beside = [
    [x + RING + 8 + half, y + 4],
    [x - RING - 8 - half, y + 4],
    [x, y - RING - 8],
  ];
  const free = state.playing ? undefined : beside.find((centre) => isFree(centre, half + 4, box));
  /** @type {Point} */
  const spot = free || [box.right - 10 - half, box.top + 18];
  haloed(context, text, ...spot, colour, ground().paper);
  if (!free) sign(context, [spot[0] - half - RING - 8, spot[1] - 4], colour);
}

/** @type {() => Box} */
const mapBox = () => ({ left: MARGIN.left, right: frame.width - MARGIN.right, top: MARGIN.top, bottom: frame.height - MARGIN.bottom });

/**
 * Whether a name there is inside the map, and clear of the landscape's own points with their names, and of the heads.
 * @type {(place: Point, half: number, box: Box) => boolean}
 */
function isFree([x, y], half, box) {
  if (x - half < box.left || x + half > box.right || y - 14 < box.top || y + 4 > box.bottom) return false;
  /** @type {(px: number, py: number, wide: number, below: number) => boolean} */
  const clear = (px, py, wide, below) => Math.abs(x - px) > half + wide || y - 12 > py + below || y + 4 < py - 12;
  const heads = currentRace().racers.map((racer) => [between(racer.x, state.playhead), between(racer.y, state.playhead)]);
  const [startX, startY] = state.start ?? currentRace().start;
  if (!clear(toX(startX), toY(startY), 54, 44)) return false;
  return currentLandscape().points.every(({ xy }) => clear(toX(xy[0]), toY(xy[1]), 54, 30)) && heads.every(([px, py]) => clear(toX(px), toY(py), 9, 9));
}

/** Where the batch's own surface is lowest: a ring, or a line where its rows leave a way open; with its name. */
import { between, haloed } from '../core/canvas.js';
import { frame, MARGIN, toX, toY } from '../core/frame.js';
import { lineWithin, strokeLine } from '../data/lines.js';
import { state } from '../core/store.js';
import { ground, theme } from '../core/theme.js';

const RING = 6;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{at: [number, number], along: [number, number] | null}} best
 * @param {string} colour
 */
export function paintMinimum(context, { at, along }, colour) {
  const place = [toX(at[0]), toY(at[1])];
  if (!along) {
    ring(context, place, colour);
    return paintName(context, 'this batch’s minimum', place, colour, ring);
  }
  const line = lineWithin(mapBox(), place, [toX(along[0]) - toX(0), toY(along[1]) - toY(0)]);
  if (!line) return undefined;
  cased(context, colour, () => strokeLine(context, line));
  const [x1, y1, x2, y2] = line;
  return paintName(context, 'this batch’s minima', [(x1 + x2) / 2, (y1 + y2) / 2], colour, dash);
}

function ring(context, [x, y], colour) {
  cased(context, colour, () => {
    context.beginPath();
    context.arc(x, y, RING, 0, 2 * Math.PI);
    context.stroke();
  });
}

const dash = (context, [x, y], colour) => cased(context, colour, () => strokeLine(context, [x - RING, y, x + RING, y]));

/** Stroked twice, the first time wider and in the colour of the ground. */
function cased(context, colour, stroke) {
  for (const [ink, width] of [[ground().paper, 4.5], [colour, 2]]) {
    context.strokeStyle = ink;
    context.lineWidth = width;
    stroke();
  }
}

/** Beside the place while paused; in a corner, with its sign, while the place jumps or has no room. */
function paintName(context, text, [x, y], colour, sign) {
  const box = mapBox();
  context.font = `600 12px ${theme.font}`;
  context.textAlign = 'center';
  const half = context.measureText(text).width / 2;
  const beside = [
    [x + RING + 8 + half, y + 4],
    [x - RING - 8 - half, y + 4],
    [x, y - RING - 8],
  ];
  const free = !state.playing && beside.find((centre) => isFree(centre, half + 4, box));
  const spot = free || [box.right - 10 - half, box.top + 18];
  haloed(context, text, ...spot, colour, ground().paper);
  if (!free) sign(context, [spot[0] - half - RING - 8, spot[1] - 4], colour);
}

const mapBox = () => ({ left: MARGIN.left, right: frame.width - MARGIN.right, top: MARGIN.top, bottom: frame.height - MARGIN.bottom });

/** Whether a name there is inside the map, and clear of the landscape's own points with their names, and of the heads. */
function isFree([x, y], half, box) {
  if (x - half < box.left || x + half > box.right || y - 14 < box.top || y + 4 > box.bottom) return false;
  const clear = (px, py, wide, below) => Math.abs(x - px) > half + wide || y - 12 > py + below || y + 4 < py - 12;
  const heads = state.race.racers.map((racer) => [between(racer.x, state.playhead), between(racer.y, state.playhead)]);
  const [startX, startY] = state.start ?? state.race.start;
  if (!clear(toX(startX), toY(startY), 54, 44)) return false;
  return state.landscape.points.every(({ xy }) => clear(toX(xy[0]), toY(xy[1]), 54, 30)) && heads.every(([px, py]) => clear(toX(px), toY(py), 9, 9));
}

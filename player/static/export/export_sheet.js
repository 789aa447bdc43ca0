/** A picture for exports: the landscape's name, the sentence, the map with the race, and a legend of the racers. */
import { frame } from '../core/frame.js';
import { stepText } from './export_still.js';
import { currentLandscape, currentRace, state } from '../core/store.js';
import { ground, styleOf, theme } from '../core/theme.js';

/** @import { Context, Racer } from '../core/types.js' */
/** @typedef {{racer: Racer, x: number}} Entry a racer and its place across */
/** @typedef {ReturnType<typeof laidOut>} Layout */

const PAD = 20;
const TITLE = { size: 18, line: 26 };
const TEXT = { size: 13, line: 19 };
const PIECE = 30; // pixels of a racer's line in the legend
const APART = 22;

/** @type {(weight: number, size: number) => string} */
const font = (weight, size) => `${weight} ${size}px ${theme.font}`;

/**
 * The layout: the place of each part.
 * @param {Pick<Context, 'font' | 'measureText'>} pen
 */
export function laidOut(pen) {
  const beside = state.beside?.() ?? null;
  const left = PAD + (beside ? beside.width + APART : 0);
  const inner = left - PAD + frame.width;
  pen.font = font(400, TEXT.size);
  const summary = wrapped(pen, `${currentRace().sentence[0]}.`, inner);
  const rows = legend(pen, inner);
  const top = PAD + TITLE.line + summary.length * TEXT.line + 8;
  const foot = top + Math.max(frame.height, beside?.height ?? 0) + 12;
  return { width: inner + 2 * PAD, height: Math.ceil(foot + rows.length * 22 + PAD - 6), left, top, foot, summary, rows, beside };
}

/**
 * Lines of text that are not wider than a width.
 * @type {(pen: Pick<Context, 'measureText'>, text: string, width: number) => string[]}
 */
function wrapped(pen, text, width) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * Rows of racers, each with its place across; about as many in each row.
 * @type {(pen: Pick<Context, 'measureText'>, width: number) => Entry[][]}
 */
function legend(pen, width) {
  const { racers } = currentRace();
  const needed = inRows(pen, racers, width, racers.length).length;
  return inRows(pen, racers, width, Math.ceil(racers.length / needed));
}

/** @type {(pen: Pick<Context, 'measureText'>, racers: Racer[], width: number, maxEntries: number) => Entry[][]} */
function inRows(pen, racers, width, maxEntries) {
  /** @type {Entry[]} */
  let row = [];
  const rows = [row];
  let x = 0;
  for (const racer of racers) {
    const wide = PIECE + 8 + pen.measureText(racer.name).width;
    if (x > 0 && (x + wide > width || row.length === maxEntries)) {
      row = [];
      rows.push(row);
      x = 0;
    }
    row.push({ racer, x });
    x += wide + APART;
  }
  return rows;
}

/**
 * Draw the whole picture.
 * @param {Context} pen
 * @param {Layout} layout
 * @param {() => void} drawMap contour and race, from the map's own corner on
 */
export function paintSheet(pen, layout, drawMap) {
  pen.fillStyle = ground().paper;
  pen.fillRect(0, 0, layout.width, layout.height);
  paintHead(pen, layout);
  pen.save();
  pen.translate(layout.left, layout.top);
  drawMap();
  pen.restore();
  const { beside } = layout;
  if (beside) pen.drawImage(beside.canvas, PAD, layout.top, beside.width, beside.height);
  layout.rows.forEach((row, i) => row.forEach((entry) => paintEntry(pen, entry, layout.foot + 12 + 22 * i)));
}

/** @type {(pen: Context, layout: Layout) => void} */
function paintHead(pen, { width, summary }) {
  const [title, text] = [PAD + TITLE.size, PAD + TITLE.line + TEXT.size];
  write(pen, currentLandscape().title, PAD, title, 'left', font(600, TITLE.size), ground().ink);
  write(pen, stepText(), width - PAD, title, 'right', font(400, TEXT.size), ground().muted);
  summary.forEach((line, i) => write(pen, line, PAD, text + i * TEXT.line, 'left', font(400, TEXT.size), ground().muted));
}

/** @type {(pen: Context, entry: Entry, y: number) => void} */
function paintEntry(pen, { racer, x }, y) {
  const { colour, dash } = styleOf(racer);
  Object.assign(pen, { strokeStyle: colour, lineWidth: 3, lineCap: 'butt', globalAlpha: 1 });
  pen.setLineDash(dash);
  pen.beginPath();
  pen.moveTo(PAD + x, y);
  pen.lineTo(PAD + x + PIECE, y);
  pen.stroke();
  pen.setLineDash([]);
  write(pen, racer.name, PAD + x + PIECE + 8, y + 4.5, 'left', font(400, TEXT.size), ground().ink);
}

/** @type {(pen: Context, text: string, x: number, y: number, align: CanvasTextAlign, style: string, colour: string) => void} */
function write(pen, text, x, y, align, style, colour) {
  Object.assign(pen, { font: style, textAlign: align, fillStyle: colour });
  pen.fillText(text, x, y);
}

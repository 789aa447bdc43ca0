/** Draws the race on the map: paths, heads, the start, the landscape's minima and saddles. */
import { paintAnatomy } from './anatomy.js';
import { paintNoiseBalls } from './noise_ball.js';
import { between, disc, fit, haloed, strokeRun, thinned } from '../core/canvas.js';
import { paintField } from './field.js';
import { frame, MARGIN, toX, toY } from '../core/frame.js';
import { paintBatchSurface, paintBatchMinimum } from './batch_surface.js';
import { diamond } from '../data/marks.js';
import { on } from '../core/events.js';
import { currentLandscape, currentRace, isFixed, state } from '../core/store.js';
import { ground, styleOf, theme } from '../core/theme.js';

/** @import { Context, PaintCache, Point, Racer } from '../core/types.js' */
/** @import { MarkedPoint } from '../wire/messages.js' */
/** @typedef {[number, number, number, number]} Rect left, top, width and height */
/** @typedef {{key: string, text: string, x: number, y: number}} Label */

const MAX_LABELS = 6;

/**
 * What is kept from one painting to the next: the paths in pixels, and where each label stands.
 * @type {() => PaintCache}
 */
export const emptyCache = () => ({ lines: null, places: new Map() });

const onScreen = emptyCache();
const forgetLines = () => {
  onScreen.lines = null;
};
on('race', forgetLines);
on('zoom', forgetLines);
on('resize', forgetLines);
on('landscape', forgetLines);

/** @type {(canvas: HTMLCanvasElement) => void} */
export const paintRace = (canvas) => drawRace(fit(canvas, frame.width, frame.height), onScreen);

/**
 * Draw the race at the playhead, in the pixels of the map.
 * @type {(context: Context, cache: PaintCache) => void}
 */
export function drawRace(context, cache) {
  const { racers } = currentRace();
  const lines = (cache.lines ??= racers.map((racer) => thinned(Array.from(racer.x, toX), Array.from(racer.y, toY))));
  const heads = racers.map((racer) => [
    toX(between(racer.x, state.playhead)),
    toY(between(racer.y, state.playhead)),
  ]);
  context.save();
  context.beginPath();
  context.rect(MARGIN.left, MARGIN.top, frame.width - MARGIN.left - MARGIN.right, frame.height - MARGIN.top - MARGIN.bottom);
  context.clip();
  paintField(context);
  paintBatchSurface(context);
  paintNoiseBalls(context);
  paintPoints(context);
  racers.forEach((racer, i) => {
    const style = { ...styleOf(racer), casing: ground().paper, width: 2.3 };
    strokeRun(context, lines[i], state.playhead, heads[i], style);
  });
  paintBatchMinimum(context);
  paintStart(context);
  paintHover(context, racers);
  racers.forEach((racer, i) => paintHead(context, racer, heads[i]));
  paintLabels(context, heads, cache.places);
  paintAxes(context);
  paintAnatomy(context);
  context.restore();
}

/**
 * The parameters' names at the ends of their axes, where they are not plain x and y.
 * @type {(context: Context) => void}
 */
function paintAxes(context) {
  const [across, up] = currentLandscape().axes;
  if (across === 'x' && up === 'y') return;
  context.font = `600 13px ${theme.font}`;
  context.textAlign = 'right';
  haloed(context, across, frame.width - MARGIN.right - 6, frame.height - MARGIN.bottom - 8, ground().ink, ground().paper);
  context.textAlign = 'left';
  haloed(context, up, MARGIN.left + 6, MARGIN.top + 16, ground().ink, ground().paper);
}

/** @type {(context: Context, racer: Racer, place: number[]) => void} */
function paintHead(context, racer, [x, y]) {
  disc(context, x, y, 6.5, styleOf(racer).colour, ground().paper);
  if (!racer.variant) return;
  context.font = `700 9px ${theme.font}`;
  context.textAlign = 'center';
  context.fillStyle = ground().paper;
  context.fillText(String(racer.variant + 1), x, y + 3.2);
}

/** Where the race starts: the hand's newest point while it moves. */
export const startPoint = () => state.start ?? currentRace().start;

/** @type {(context: Context) => void} */
function paintStart(context) {
  const [x, y] = startPoint();
  disc(context, toX(x), toY(y), 8.5, ground().paper, ground().ink, 2.4);
}

/** @type {(context: Context, racers: Racer[]) => void} */
function paintHover(context, racers) {
  const { hover } = state;
  const racer = hover && racers[hover.racer];
  if (!racer) return;
  const at = Math.min(hover.step, racer.steps);
  disc(context, toX(racer.x[at]), toY(racer.y[at]), 5, ground().paper, styleOf(racer).colour, 2.5);
}

/** @type {(context: Context) => void} */
function paintPoints(context) {
  const { points } = currentLandscape();
  const many = points.length > 3 * MAX_LABELS;
  context.strokeStyle = ground().ink;
  for (const { xy, kind } of points) {
    const small = many && kind !== 'global';
    context.globalAlpha = small ? 0.35 : 0.9;
    context.lineWidth = 1.6;
    context.beginPath();
    SIGNS[kind](context, toX(xy[0]), toY(xy[1]), small ? 2.5 : 9);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** @type {(context: Context, x: number, y: number, size: number) => void} */
const ring = (context, x, y, size) => context.arc(x, y, size, 0, 2 * Math.PI);

/**
 * Minima are ringed, saddles crossed, maxima peaked, degenerate points squared; a minimum of the rows held out is a diamond.
 * @type {Record<MarkedPoint['kind'], (context: Context, x: number, y: number, size: number) => void>}
 */
const SIGNS = {
  global: ring,
  local: ring,
  saddle: (context, x, y, size) => cross(context, x, y, size * 0.62),
  maximum: (context, x, y, size) => {
    context.moveTo(x - size * 0.6, y + size * 0.45);
    context.lineTo(x, y - size * 0.6);
    context.lineTo(x + size * 0.6, y + size * 0.45);
    context.closePath();
  },
  held_out: diamond,
  degenerate: (context, x, y, size) => context.rect(x - size / 2, y - size / 2, size, size),
};

/** @type {(context: Context, x: number, y: number, arm: number) => void} */
function cross(context, x, y, arm) {
  context.moveTo(x - arm, y - arm);
  context.lineTo(x + arm, y + arm);
  context.moveTo(x + arm, y - arm);
  context.lineTo(x - arm, y + arm);
}

/**
 * Names of the points; each keeps its place until a head runs into it, then tries the next.
 * @type {(context: Context, heads: number[][], places: Map<string, number>) => void}
 */
function paintLabels(context, heads, places) {
  context.font = `600 12px ${theme.font}`;
  context.textAlign = 'center';
  const { points } = currentLandscape();
  const named = points.length > 3 * MAX_LABELS ? points.filter(({ kind }) => kind === 'global') : points;
  /** @type {Rect[]} */
  const occupied = heads.map(([x, y]) => [x - 9, y - 9, 18, 18]);
  const [startX, startY] = startPoint();
  occupied.push([toX(startX) - 11, toY(startY) - 11, 22, 22]);
  const labels = named.map(({ xy, label }, i) => ({ key: `${i}`, text: label, x: toX(xy[0]), y: toY(xy[1]) }));
  if (!state.dragged) labels.unshift({ key: 'start', text: isFixed() ? 'start' : 'start · drag me', x: toX(startX), y: toY(startY) });
  for (const label of labels) paintLabel(context, label, occupied, places);
}

/** @type {(context: Context, label: Label, occupied: Rect[], places: Map<string, number>) => void} */
function paintLabel(context, { key, text, x, y }, occupied, places) {
  const width = context.measureText(text).width;
  /** @type {Point[]} */
  const spots = [
    [x, y + 26],
    [x, y - 16],
    [x + 16 + width / 2, y + 4],
    [x - 16 - width / 2, y + 4],
    [x, y + 42],
  ];
  const order = [places.get(key) ?? (key === 'start' ? 1 : 0), 0, 1, 2, 3, 4];
  const free = order.find((spot) => isFree(box(spots[spot], width), occupied)) ?? order[0];
  places.set(key, free);
  occupied.push(box(spots[free], width));
  haloed(context, text, ...spots[free], ground().ink, ground().paper);
}

/** @type {(place: Point, width: number) => Rect} */
const box = ([x, y], width) => [x - width / 2 - 2, y - 12, width + 4, 16];

/** @type {(rect: Rect, occupied: Rect[]) => boolean} */
function isFree([x, y, width, height], occupied) {
  const inside = x > MARGIN.left && x + width < frame.width - MARGIN.right && y > MARGIN.top && y + height < frame.height - MARGIN.bottom;
  return inside && occupied.every(([left, top, wide, high]) => x > left + wide || x + width < left || y > top + high || y + height < top);
}

/** One curve by step for every racer: drawn up to the playhead, the rest faint; click or drag scrubs. */
import { PAD, paintAxes } from '../core/axes.js';
import { between, disc, fit, haloed, strokeRun } from '../core/canvas.js';
import { placeIn, part, partOf } from '../core/dom.js';
import { columnOf, columnsOf, scaled } from './scale.js';
import { attachScrub } from './scrub.js';
import { on, requestRepaint } from '../core/events.js';
import { currentLandscape, currentRace, setHover, state } from '../core/store.js';
import { ground, styleOf, theme } from '../core/theme.js';
import { hideTooltip, showTooltip } from '../core/tooltip.js';

/** @import { Hover, Polyline, Racer } from '../core/types.js' */
/** @import { ChartName, ChartScale } from './scale.js' */

const REACH = 56;
const WIDTHS = [1.8, 1.1, 0.9];

/**
 * @param {HTMLElement} box
 * @param {ChartName} first which of scale.js's charts is columnsOf first
 */
export function attachCurve(box, first) {
  let name = first;
  const canvas = partOf(HTMLCanvasElement, box, 'canvas');
  const tip = part(box, '.descent-tip');
  /** @type {ChartScale | null} */
  let scale = null;
  const stale = () => {
    scale = null;
  };
  const off = [on('race', stale), on('landscape', stale), on('cost', stale)];
  const observer = new ResizeObserver(() => {
    stale();
    requestRepaint();
  });
  observer.observe(box);

  const paint = () => {
    const { clientWidth: width, clientHeight: height } = box;
    if (!width) return;
    const context = fit(canvas, width, height);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    scale ??= scaled(currentRace(), name, name === 'height' ? state.cost : 'step', width, height);
    const current = scale;
    paintAxes(context, current, width, height);
    context.save();
    context.beginPath();
    context.rect(PAD.left - 2, 0, width, height - PAD.bottom + 3);
    context.clip();
    const { racers } = currentRace();
    if (name === 'sharpness') paintLimits(context, current);
    racers.forEach((racer, i) => paintRun(context, current, racer, current.lines[i]));
    if (name === 'height') paintFloors(context, current, width);
    if (current.cost === 'step') racers.forEach((racer) => paintMarks(context, current, racer));
    context.restore();
    paintPlayhead(context, current, height);
  };

  attachScrub(canvas, (px) => (scale && state.race ? scale.stepAt(state.race.racers[state.chosen] ?? state.race.racers[0], px) : null));
  attachHover(canvas, tip, box, () => scale);
  return {
    paint,
    /** @param {ChartName} chosen */
    show: (chosen) => {
      name = chosen;
      stale();
      requestRepaint();
    },
    remove: () => {
      off.forEach((stop) => stop());
      observer.disconnect();
    },
  };
}

/**
 * Hovering reads the nearest curve.
 * @type {(canvas: HTMLCanvasElement, tip: HTMLElement, box: HTMLElement, scaleOf: () => ChartScale | null) => void}
 */
function attachHover(canvas, tip, box, scaleOf) {
  /** @type {(event: PointerEvent) => void} */
  const move = (event) => {
    const scale = scaleOf();
    if (!scale || !state.race || event.buttons & 1) return;
    const place = placeIn(canvas, event);
    const hover = nearest(scale, place);
    if (hover) showTooltip(tip, hover, place, { width: box.clientWidth, height: 400 });
    else hideTooltip(tip);
    setHover(hover);
  };
  const leave = () => {
    hideTooltip(tip);
    setHover(null);
  };
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerleave', leave);
}

/**
 * Each array of a racer: the first as its path is drawn, the others thinner; each named if there are several.
 * @type {(context: CanvasRenderingContext2D, scale: ChartScale, racer: Racer, lines: Polyline[]) => void}
 */
function paintRun(context, scale, racer, lines) {
  const arrays = columnsOf(racer, scale.name);
  const step = Math.min(state.playhead, racer.steps);
  lines.forEach((line, i) => {
    const head = [scale.xOf(racer, step), scale.y(between(columnOf(racer, arrays[i]), step))];
    const style = { ...styleOf(racer), casing: ground().paper, width: WIDTHS[i] };
    strokeRun(context, line, state.playhead, head, i === 2 ? { ...style, dash: [1, 4] } : style);
  });
  if (isNamed(scale.name, racer, lines)) lines.forEach((line, i) => nameLine(context, line, labels(scale.name)[i], styleOf(racer).colour, 0.98 - 0.12 * i));
}

/**
 * Of both losses one racer's lines are named: those of all others lie close by.
 * @type {(name: ChartName, racer: Racer, lines: Polyline[]) => boolean}
 */
const isNamed = (name, racer, lines) => lines.length > 1 && (name !== 'validation' || racer === currentRace().racers.at(-1));

/**
 * What each array of a racer is called, where a chart draws several.
 * @type {(name: ChartName) => string[]}
 */
const labels = (name) => (name === 'validation' ? ['held out', 'trained on'] : [...currentLandscape().axes, 'η']);

/**
 * The name of a line beside it, some way along.
 * @type {(context: CanvasRenderingContext2D, line: Polyline, text: string, colour: string, share: number) => void}
 */
function nameLine(context, line, text, colour, share) {
  const at = Math.round(share * (line.x.length - 1));
  context.font = `600 11px ${theme.font}`;
  context.textAlign = 'right';
  haloed(context, text, line.x[at] - 2, line.y[at] - 5, colour, ground().paper);
}

/**
 * The sharpness that each racer's learning rate allows, a thin line.
 * @type {(context: CanvasRenderingContext2D, scale: ChartScale) => void}
 */
function paintLimits(context, scale) {
  for (const racer of currentRace().racers) {
    const threshold = racer.stability_threshold;
    if (!racer.sharpness || threshold === null) continue;
    context.strokeStyle = styleOf(racer).colour;
    context.lineWidth = 1;
    context.globalAlpha = 0.75;
    context.beginPath();
    racer.rate.forEach((rate, i) => context.lineTo(scale.xOf(racer, i), scale.y(threshold / rate)));
    context.stroke();
    context.globalAlpha = 1;
  }
}

/**
 * The height at which a racer's loss hovers because of its noise, where the page knows it.
 * @type {(context: CanvasRenderingContext2D, scale: ChartScale, width: number) => void}
 */
function paintFloors(context, scale, width) {
  context.font = `11px ${theme.font}`;
  const { racers, floor } = currentRace();
  for (const racer of racers) {
    if (racer.level === undefined) continue;
    const y = scale.y(racer.level - floor);
    context.strokeStyle = styleOf(racer).colour;
    context.lineWidth = 1;
    context.setLineDash([2, 3]);
    context.beginPath();
    context.moveTo(PAD.left, y);
    context.lineTo(width - PAD.right, y);
    context.stroke();
    context.setLineDash([]);
    context.textAlign = 'right';
    haloed(context, `noise floor of ${racer.name}`, width - PAD.right - 2, y - 4, styleOf(racer).colour, ground().paper);
  }
}

/**
 * The array that a chart is read by; null if the racer has none of it.
 * @type {(racer: Racer, scale: ChartScale) => Float64Array | null}
 */
function firstColumn(racer, { name }) {
  const [first] = columnsOf(racer, name);
  return first ? columnOf(racer, first) : null;
}

/**
 * Steps that have a name, as a tick on the racer's curve.
 * @type {(context: CanvasRenderingContext2D, scale: ChartScale, racer: Racer) => void}
 */
function paintMarks(context, scale, racer) {
  const values = firstColumn(racer, scale);
  if (!values) return;
  context.font = `600 11px ${theme.font}`;
  for (const [step, text] of racer.marks ?? []) {
    const [x, y] = [scale.xOf(racer, step), scale.y(values[Math.min(step, racer.steps)])];
    disc(context, x, y, 4, styleOf(racer).colour, ground().paper, 1.5);
    context.textAlign = x > scale.inner.width * 0.6 ? 'right' : 'left';
    haloed(context, text, x + (context.textAlign === 'left' ? 8 : -8), Math.max(y - 7, PAD.top + 10), styleOf(racer).colour, ground().paper);
  }
}

/**
 * A line through all at a step; where the axis counts cost, each racer is somewhere else and has a disc.
 * @type {(context: CanvasRenderingContext2D, scale: ChartScale, height: number) => void}
 */
function paintPlayhead(context, scale, height) {
  if (scale.cost === 'step') {
    const x = Math.round(scale.x(state.playhead)) + 0.5;
    context.strokeStyle = ground().ink;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, PAD.top);
    context.lineTo(x, height - PAD.bottom);
    context.stroke();
  } else {
    currentRace().racers.forEach((racer) => paintHead(context, scale, racer, state.playhead));
  }
  const hovered = state.hover && currentRace().racers[state.hover.racer];
  if (hovered && state.hover) paintHead(context, scale, hovered, state.hover.step, ground().paper);
}

/** @type {(context: CanvasRenderingContext2D, scale: ChartScale, racer: Racer, step: number, fill?: string) => void} */
function paintHead(context, scale, racer, step, fill = styleOf(racer).colour) {
  const values = firstColumn(racer, scale);
  const at = Math.min(step, racer.steps);
  const rim = fill === ground().paper ? styleOf(racer).colour : ground().paper;
  if (values) disc(context, Math.max(scale.xOf(racer, at), PAD.left), scale.y(between(values, at)), 4, fill, rim, 2);
}

/**
 * The racer whose curve lies nearest to a pixel, at the step there.
 * @type {(scale: ChartScale, place: number[]) => Hover | null}
 */
function nearest(scale, [px, py]) {
  const nearby = currentRace().racers.map((racer) => {
    const step = scale.stepAt(racer, px);
    const values = firstColumn(racer, scale);
    return { step, gap: values && step >= 0 && step <= racer.steps ? Math.abs(scale.y(values[step]) - py) : Infinity };
  });
  const gaps = nearby.map(({ gap }) => gap);
  const racer = gaps.indexOf(Math.min(...gaps));
  return gaps[racer] < REACH ? { racer, step: nearby[racer].step } : null;
}

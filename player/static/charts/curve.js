/** One curve by step for every racer: drawn up to the playhead, the rest faint; click or drag scrubs. */
import { PAD, paintAxes } from '../core/axes.js';
import { between, disc, fit, haloed, strokeRun } from '../core/canvas.js';
import { columnsOf, scaled } from './scale.js';
import { attachScrub } from './scrub.js';
import { emit, on, state } from '../core/store.js';
import { ground, styleOf, theme } from '../core/theme.js';
import { hideTooltip, showTooltip } from '../core/tooltip.js';

const REACH = 56;
const WIDTHS = [1.8, 1.1, 0.9];

/**
 * @param {HTMLElement} box
 * @param {string} first which of scale.js's charts is columnsOf first
 */
export function attachCurve(box, first) {
  let name = first;
  const canvas = box.querySelector('canvas');
  const tip = box.querySelector('.descent-tip');
  let scale = null;
  const stale = () => {
    scale = null;
  };
  const off = ['race', 'landscape', 'cost'].map((event) => on(event, stale));
  const observer = new ResizeObserver(() => {
    stale();
    emit('resize');
  });
  observer.observe(box);

  const paint = () => {
    const { clientWidth: width, clientHeight: height } = box;
    if (!width) return;
    const context = fit(canvas, width, height);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    scale ??= scaled(name, name === 'height' ? state.cost : 'step', width, height);
    paintAxes(context, scale, width, height);
    context.save();
    context.beginPath();
    context.rect(PAD.left - 2, 0, width, height - PAD.bottom + 3);
    context.clip();
    if (name === 'sharpness') paintLimits(context, scale);
    state.race.racers.forEach((racer, i) => paintRun(context, scale, racer, scale.lines[i]));
    if (name === 'height') paintFloors(context, scale, width);
    if (scale.cost === 'step') state.race.racers.forEach((racer) => paintMarks(context, scale, racer));
    context.restore();
    paintPlayhead(context, scale, height);
  };

  attachScrub(canvas, (px) => (scale && state.race ? scale.stepAt(state.race.racers[state.chosen] ?? state.race.racers[0], px) : null));
  attachHover(canvas, tip, box, () => scale);
  return {
    paint,
    show: (chosen) => {
      name = chosen;
      stale();
      emit('resize');
    },
    remove: () => {
      off.forEach((stop) => stop());
      observer.disconnect();
    },
  };
}

/** Hovering reads the nearest curve. */
function attachHover(canvas, tip, box, scaleOf) {
  const at = ({ clientX, clientY }) => {
    const inner = canvas.getBoundingClientRect();
    return [clientX - inner.left, clientY - inner.top];
  };
  const move = (event) => {
    if (!scaleOf() || !state.race || event.buttons & 1) return;
    const place = at(event);
    state.hover = nearest(scaleOf(), place);
    if (state.hover) showTooltip(tip, state.hover, place, { width: box.clientWidth, height: 400 });
    else hideTooltip(tip);
    emit('hover');
  };
  const leave = () => {
    state.hover = null;
    hideTooltip(tip);
    emit('hover');
  };
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerleave', leave);
}

/** Each array of a racer: the first as its path is drawn, the others thinner; each named if there are several. */
function paintRun(context, scale, racer, lines) {
  const arrays = columnsOf(racer, scale.name);
  const step = Math.min(state.playhead, racer.steps);
  lines.forEach((line, i) => {
    const head = [scale.xOf(racer, step), scale.y(between(racer[arrays[i]], step))];
    const style = { ...styleOf(racer), casing: ground().paper, width: WIDTHS[i] };
    strokeRun(context, line, state.playhead, head, i === 2 ? { ...style, dash: [1, 4] } : style);
  });
  if (isNamed(scale.name, racer, lines)) lines.forEach((line, i) => nameLine(context, line, labels(scale.name)[i], styleOf(racer).colour, 0.98 - 0.12 * i));
}

/** Of both losses one racer's lines are named: those of all others lie close by. */
const isNamed = (name, racer, lines) => lines.length > 1 && (name !== 'validation' || racer === state.race.racers.at(-1));

/** What each array of a racer is called, where a chart draws several. */
const labels = (name) => (name === 'validation' ? ['held out', 'trained on'] : [...state.landscape.axes, 'η']);

/** The name of a line beside it, some way along. */
function nameLine(context, line, text, colour, share) {
  const at = Math.round(share * (line.x.length - 1));
  context.font = `600 11px ${theme.font}`;
  context.textAlign = 'right';
  haloed(context, text, line.x[at] - 2, line.y[at] - 5, colour, ground().paper);
}

/** The sharpness that each racer's learning rate allows, a thin line. */
function paintLimits(context, scale) {
  for (const racer of state.race.racers) {
    if (!racer.sharpness) continue;
    context.strokeStyle = styleOf(racer).colour;
    context.lineWidth = 1;
    context.globalAlpha = 0.75;
    context.beginPath();
    racer.rate.forEach((rate, i) => context.lineTo(scale.xOf(racer, i), scale.y(racer.stability_threshold / rate)));
    context.stroke();
    context.globalAlpha = 1;
  }
}

/** The height at which a racer's loss hovers because of its noise, where the page knows it. */
function paintFloors(context, scale, width) {
  context.font = `11px ${theme.font}`;
  for (const racer of state.race.racers.filter(({ level }) => level !== undefined)) {
    const y = scale.y(racer.level - state.race.floor);
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

/** Steps that have a name, as a tick on the racer's curve. */
function paintMarks(context, scale, racer) {
  const values = racer[columnsOf(racer, scale.name)[0]];
  if (!values) return;
  context.font = `600 11px ${theme.font}`;
  for (const [step, text] of racer.marks ?? []) {
    const [x, y] = [scale.xOf(racer, step), scale.y(values[Math.min(step, racer.steps)])];
    disc(context, x, y, 4, styleOf(racer).colour, ground().paper, 1.5);
    context.textAlign = x > scale.inner.width * 0.6 ? 'right' : 'left';
    haloed(context, text, x + (context.textAlign === 'left' ? 8 : -8), Math.max(y - 7, PAD.top + 10), styleOf(racer).colour, ground().paper);
  }
}

/** A line through all at a step; where the axis counts cost, each racer is somewhere else and has a disc. */
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
    state.race.racers.forEach((racer) => paintHead(context, scale, racer, state.playhead));
  }
  const hovered = state.hover && state.race.racers[state.hover.racer];
  if (hovered) paintHead(context, scale, hovered, state.hover.step, ground().paper);
}

function paintHead(context, scale, racer, step, fill = styleOf(racer).colour) {
  const values = racer[columnsOf(racer, scale.name)[0]];
  const at = Math.min(step, racer.steps);
  const rim = fill === ground().paper ? styleOf(racer).colour : ground().paper;
  if (values) disc(context, Math.max(scale.xOf(racer, at), PAD.left), scale.y(between(values, at)), 4, fill, rim, 2);
}

/** The racer whose curve lies nearest to a pixel, at the step there. */
function nearest(scale, [px, py]) {
  const nearby = state.race.racers.map((racer) => {
    const step = scale.stepAt(racer, px);
    const values = racer[columnsOf(racer, scale.name)[0]];
    return { step, gap: values && step >= 0 && step <= racer.steps ? Math.abs(scale.y(values[step]) - py) : Infinity };
  });
  const gaps = nearby.map(({ gap }) => gap);
  const racer = gaps.indexOf(Math.min(...gaps));
  return gaps[racer] < REACH ? { racer, step: nearby[racer].step } : null;
}

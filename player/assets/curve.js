/** One curve by step for every racer: drawn up to the playhead, the rest faint; click or drag scrubs. */
import { PAD, paintAxes } from './axes.js';
import { between, disc, fit, strokeRun, thinned } from './canvas.js';
import { emit, on, seek, state } from './store.js';
import { ground, look } from './theme.js';
import { hideTip, showTip } from './tip.js';

const DEEPEST = 1e-10; // of the largest loss shown
const DECADES_APART = 30; // a range this wide is drawn on a log scale
const REACH = 14;

/**
 * @param {HTMLElement} box
 * @param {'height' | 'rate' | 'sharpness'} first which array is drawn first
 */
export function attachCurve(box, first) {
  let name = first;
  const canvas = box.querySelector('canvas');
  const tip = box.querySelector('.descent-tip');
  let scale = null;
  const stale = () => {
    scale = null;
  };
  const off = ['race', 'stage'].map((event) => on(event, stale));
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
    scale ??= scaled(name, width, height);
    paintAxes(context, scale, width, height);
    context.save();
    context.beginPath();
    context.rect(PAD.left - 2, 0, width, height - PAD.bottom + 3);
    context.clip();
    if (name === 'sharpness') paintLimits(context, scale);
    state.race.racers.forEach((racer, i) => paintRun(context, scale, racer, scale.lines[i]));
    context.restore();
    paintPlayhead(context, scale, height);
  };

  const at = ({ clientX, clientY }) => {
    const inner = canvas.getBoundingClientRect();
    return [clientX - inner.left, clientY - inner.top];
  };
  const scrub = (event) => {
    state.playing = false;
    seek(Math.round(scale.step(at(event)[0])));
    emit('play');
  };
  const move = (event) => {
    if (!scale || !state.race) return;
    if (event.buttons & 1) return void scrub(event);
    const place = at(event);
    state.hover = nearest(scale, name, place);
    if (state.hover) showTip(tip, state.hover, place, { width: box.clientWidth, height: 400 });
    else hideTip(tip);
    emit('hover');
  };
  const leave = () => {
    state.hover = null;
    hideTip(tip);
    emit('hover');
  };
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    if (scale && state.race) scrub(event);
  });
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerleave', leave);
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

function paintRun(context, scale, racer, line) {
  if (!line) return;
  const head = [scale.x(Math.min(state.playhead, racer.steps)), scale.y(between(racer[scale.name], state.playhead))];
  strokeRun(context, line, state.playhead, head, { ...look(racer), casing: ground().paper, width: 1.8 });
}

/** The sharpness that each racer's learning rate allows, a thin line. */
function paintLimits(context, scale) {
  for (const racer of state.race.racers) {
    if (!racer.sharpness) continue;
    context.strokeStyle = look(racer).colour;
    context.lineWidth = 1;
    context.globalAlpha = 0.75;
    context.beginPath();
    racer.rate.forEach((rate, i) => context.lineTo(scale.x(i), scale.y(racer.edge / rate)));
    context.stroke();
    context.globalAlpha = 1;
  }
}

function scaled(name, width, height) {
  const { racers, steps } = state.race;
  const [low, high, log] = range(racers, name);
  const [bottom, top] = log ? [Math.log10(low), Math.log10(high)] : [low, high];
  const inner = { width: width - PAD.left - PAD.right, height: height - PAD.top - PAD.bottom };
  const x = (step) => PAD.left + (step / Math.max(steps, 1)) * inner.width;
  const y = (value) => {
    const shown = log ? Math.log10(Math.max(value, low * 1e-3)) : value;
    return PAD.top + (1 - (shown - bottom) / (top - bottom || 1)) * inner.height;
  };
  const step = (px) => ((px - PAD.left) / inner.width) * steps;
  const lines = racers.map((racer) =>
    racer[name] && thinned(Array.from(racer[name], (_, i) => x(i)), Array.from(racer[name], y)),
  );
  return { name, x, y, step, lines, low, high, log, steps, inner };
}

/** The range that is shown: a run that blew up may not press the others flat. */
function range(all, name) {
  const racers = all.filter((racer) => racer[name]);
  if (!racers.length) return [0, 1, false];
  if (name === 'sharpness') return sharpnessRange(racers);
  const started = Math.max(...racers.map((racer) => racer[name][0]));
  const values = racers.flatMap((racer) => [Math.max(...racer[name]), Math.min(...racer[name])]);
  const highest = Math.max(...values);
  if (name === 'rate') {
    const lowest = Math.min(...values);
    return highest > lowest * DECADES_APART ? [lowest / 1.3, highest * 1.3, true] : [0, highest * 1.15, false];
  }
  const high = Math.min(highest, 1e3 * started) || 1;
  const low = Math.max(Math.min(...values), DEEPEST * high);
  return [Math.min(low, high / 20), high * 1.5, true];
}

function sharpnessRange(racers) {
  const highest = Math.max(...racers.flatMap(({ sharpness, rate, edge }) => [...sharpness.slice(0, 1000), edge / rate[0]]));
  const limits = racers.map(({ rate, edge }) => edge / rate[0]);
  const usual = Math.max(...racers.map(({ sharpness }) => sharpness[0]), ...limits);
  const high = Math.min(highest, 100 * usual) * 1.4;
  return [Math.min(high / 1e3, Math.min(...limits) / 2), high, true];
}

function paintPlayhead(context, scale, height) {
  const x = Math.round(scale.x(state.playhead)) + 0.5;
  context.strokeStyle = ground().ink;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, PAD.top);
  context.lineTo(x, height - PAD.bottom);
  context.stroke();
  if (!state.hover) return;
  const racer = state.race.racers[state.hover.racer];
  if (!racer?.[scale.name]) return;
  const at = Math.min(state.hover.step, racer.steps);
  disc(context, scale.x(at), scale.y(racer[scale.name][at]), 4, ground().paper, look(racer).colour, 2.5);
}

function nearest(scale, name, [px, py]) {
  const at = Math.round(scale.step(px));
  if (at < 0 || at > scale.steps) return null;
  const gaps = state.race.racers.map((racer) => (racer[name] && at <= racer.steps ? Math.abs(scale.y(racer[name][at]) - py) : Infinity));
  const racer = gaps.indexOf(Math.min(...gaps));
  return gaps[racer] < 4 * REACH ? { racer, step: at } : null;
}

/** Energy by step: loss and speed stacked, against the barrier on the way; linked to the playhead. */
import { PAD, paintAxes } from '../core/axes.js';
import { disc, fit, haloed } from '../core/canvas.js';
import { part, partOf } from '../core/dom.js';
import { attachRacerPicker } from '../data/racer_picker.js';
import { chosenRacer } from '../data/chosen_racer.js';
import { paints } from '../core/clock.js';
import { mountOf } from '../core/component_registry.js';
import { attachScrub } from './scrub.js';
import { on, requestRepaint } from '../core/events.js';
import { currentRace, state } from '../core/store.js';
import { ground, styleOf, theme } from '../core/theme.js';

/** @import { Energy } from '../wire/messages.js' */
/** @import { Race, Racer } from '../core/types.js' */
/** @typedef {Racer & {energy: Energy, kinetic: Float64Array}} EnergeticRacer */
/** @typedef {ReturnType<typeof scaled>} EnergyScale */

const HTML = `
  <h4>Energy <small>loss below, speed on top, against the barrier</small></h4>
  <div class="descent-chips" role="group" aria-label="Whose energy is shown"></div>
  <div class="descent-curve"><canvas role="img" aria-label="Potential and kinetic energy by step"></canvas></div>
  <p class="descent-energy-said" aria-live="polite"></p>`;

const HIGHEST = 2.5; // barriers high is the chart at most: what lies above has energy to spare

export const mountEnergy = mountOf(create);

/** @type {(parent: HTMLElement) => {remove: () => void}} */
function create(parent) {
  const root = document.createElement('section');
  root.className = 'descent-side descent-energy';
  root.innerHTML = HTML;
  parent.append(root);
  const box = part(root, '.descent-curve');
  /** @type {EnergyScale | null} */
  let scale = null;
  const stale = () => {
    scale = null;
    show(root);
  };
  const paint = () => {
    const { clientWidth: width, clientHeight: height } = box;
    const racer = energetic();
    if (!width || !racer) return;
    scale ??= scaled(racer, currentRace(), width, height);
    draw(fit(sized(box, width, height), width, height), scale, racer, width, height);
  };
  const observer = new ResizeObserver(() => {
    scale = null;
    requestRepaint();
  });
  observer.observe(box);
  const off = [attachRacerPicker(part(root, '.descent-chips')), paints(paint), on('race', stale), on('landscape', stale), on('chosen', stale)];
  attachScrub(box, (px) => (scale ? Math.round(scale.step(px)) : null));
  if (state.race) stale();
  const remove = () => {
    off.forEach((stop) => stop());
    observer.disconnect();
    root.remove();
  };
  return { remove };
}

/** @type {(box: HTMLElement, width: number, height: number) => HTMLCanvasElement} */
function sized(box, width, height) {
  const canvas = partOf(HTMLCanvasElement, box, 'canvas');
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  return canvas;
}

/**
 * The chosen racer, if its energy is known.
 * @type {() => EnergeticRacer | null}
 */
function energetic() {
  const racer = chosenRacer();
  return racer?.energy && racer.kinetic ? { ...racer, energy: racer.energy, kinetic: racer.kinetic } : null;
}

/**
 * The sentence on a racer's energy.
 * @type {(root: HTMLElement) => void}
 */
function show(root) {
  part(root, '.descent-energy-said').textContent = chosenRacer()?.energy?.summary ?? '';
}

/**
 * From the lowest loss to the highest energy or barrier that matters, on a linear scale.
 * @param {EnergeticRacer} racer
 * @param {Race} race
 * @param {number} width
 * @param {number} height
 */
function scaled(racer, race, width, height) {
  const potential = Array.from(racer.height, (above) => above + race.floor);
  const total = potential.map((value, i) => value + racer.kinetic[i]);
  const barriers = racer.energy.barriers.flatMap(([, value]) => (value === null ? [] : [value]));
  const low = Math.min(...potential, ...barriers);
  const highest = Math.max(...total.slice(1), ...barriers, potential[0]);
  const top = barriers.length ? Math.min(highest, low + HIGHEST * (Math.max(...barriers) - low)) : highest;
  const high = top + 0.1 * (top - low || 1);
  const inner = { width: width - PAD.left - PAD.right, height: height - PAD.top - PAD.bottom };
  /** @type {(step: number) => number} */
  const x = (step) => PAD.left + (step / Math.max(race.steps, 1)) * inner.width;
  /** @type {(value: number) => number} */
  const y = (value) => PAD.top + (1 - (value - low) / (high - low)) * inner.height;
  /** @type {(px: number) => number} */
  const step = (px) => ((px - PAD.left) / inner.width) * race.steps;
  return { potential, total, x, y, step, low, high, log: false, steps: Math.max(race.steps, 1) };
}

/** @type {(context: CanvasRenderingContext2D, scale: EnergyScale, racer: EnergeticRacer, width: number, height: number) => void} */
function draw(context, scale, racer, width, height) {
  paintAxes(context, scale, width, height);
  const { colour } = styleOf(racer);
  const reached = Math.min(state.playhead, racer.steps);
  context.save();
  context.beginPath();
  context.rect(PAD.left, 0, width - PAD.left - PAD.right, height - PAD.bottom + 3);
  context.clip();
  const floor = scale.potential.map(() => scale.low);
  for (const [share, last] of [[0.35, racer.steps], [1, reached]]) {
    band(context, scale, floor, scale.potential, last, ground().muted, 0.32 * share);
    band(context, scale, scale.potential, scale.total, last, colour, 0.6 * share);
  }
  paintBarriers(context, scale, racer);
  paintMarks(context, scale, racer);
  context.restore();
  paintPlayhead(context, scale, height);
}

/**
 * The area between two curves, up to a step.
 * @type {(context: CanvasRenderingContext2D, scale: EnergyScale, from: number[], to: number[], last: number, colour: string, alpha: number) => void}
 */
function band(context, scale, from, to, last, colour, alpha) {
  const count = Math.floor(last) + 1;
  context.beginPath();
  for (let i = 0; i < count; i++) context.lineTo(scale.x(i), scale.y(to[i]));
  for (let i = count - 1; i >= 0; i--) context.lineTo(scale.x(i), scale.y(from[i]));
  context.closePath();
  Object.assign(context, { fillStyle: colour, globalAlpha: alpha });
  context.fill();
  context.globalAlpha = 1;
}

/**
 * The height of the way out of the basin where the ball is, step by step.
 * @type {(context: CanvasRenderingContext2D, scale: EnergyScale, racer: EnergeticRacer) => void}
 */
function paintBarriers(context, scale, racer) {
  const { barriers } = racer.energy;
  Object.assign(context, { strokeStyle: ground().ink, lineWidth: 1.6, font: `600 11px ${theme.font}` });
  barriers.forEach(([step, value], i) => {
    if (value === null) return;
    const end = barriers[i + 1]?.[0] ?? racer.steps;
    context.setLineDash([6, 4]);
    context.beginPath();
    context.moveTo(scale.x(step), scale.y(value));
    context.lineTo(scale.x(end), scale.y(value));
    context.stroke();
    context.setLineDash([]);
    const long = scale.x(end) - scale.x(step) > 60;
    context.textAlign = 'left';
    if (long) haloed(context, 'barrier', scale.x(step) + 4, scale.y(value) - 5, ground().ink, ground().paper);
  });
}

/**
 * Passes, turns, and where it is trapped.
 * @type {(context: CanvasRenderingContext2D, scale: EnergyScale, racer: EnergeticRacer) => void}
 */
function paintMarks(context, scale, racer) {
  const { passes, turns, trapped } = racer.energy;
  const { colour } = styleOf(racer);
  context.font = `600 11px ${theme.font}`;
  /** @type {(step: number) => [number, number]} */
  const at = (step) => [scale.x(step), scale.y(scale.total[step])];
  turns.slice(0, 40).forEach((step) => disc(context, ...at(step), 2.5, ground().paper, colour, 1.5));
  passes.slice(0, 20).forEach((step) => disc(context, ...at(step), 4.5, colour, ground().paper, 1.5));
  /** @type {[number | null | undefined, string][]} */
  const named = [[turns[0], 'turns back'], [passes[0], 'passes'], [trapped, 'trapped for certain']];
  named.forEach(([step, text], i) => {
    if (step === undefined || step === null) return;
    const [x, y] = at(step);
    context.textAlign = x > scale.x(scale.steps * 0.7) ? 'right' : 'left';
    if (i === 2) flag(context, scale, x);
    haloed(context, text, x + (context.textAlign === 'left' ? 7 : -7), i === 2 ? PAD.top + 12 : y - 8, i === 2 ? ground().accent : colour, ground().paper);
  });
}

/** @type {(context: CanvasRenderingContext2D, scale: EnergyScale, x: number) => void} */
function flag(context, scale, x) {
  Object.assign(context, { strokeStyle: ground().accent, lineWidth: 1.5 });
  context.beginPath();
  context.moveTo(x, PAD.top);
  context.lineTo(x, scale.y(scale.low));
  context.stroke();
}

/** @type {(context: CanvasRenderingContext2D, scale: EnergyScale, height: number) => void} */
function paintPlayhead(context, scale, height) {
  const x = Math.round(scale.x(state.playhead)) + 0.5;
  Object.assign(context, { strokeStyle: ground().ink, lineWidth: 1 });
  context.beginPath();
  context.moveTo(x, PAD.top);
  context.lineTo(x, height - PAD.bottom);
  context.stroke();
}

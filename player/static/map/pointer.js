/** The hand on the map: click or drag moves the start, the wheel zooms, hovering reads a path. */
import { placeIn } from '../core/dom.js';
import { on } from '../core/events.js';
import { fitDomain, frame, MARGIN, pan, toPoint, toX, toY, zoom } from '../core/frame.js';
import { currentRace, dragStart, isFixed, setHover, setStart, state } from '../core/store.js';
import { hideTooltip, showTooltip } from '../core/tooltip.js';
import { sendStart } from '../wire/feed.js';
import { NO_HANDS, pressed } from './map_hand.js';
import { startPoint } from './race.js';

/** @import { Hover, Point, Racer } from '../core/types.js' */
/** @import { MapEffect, MapPress } from './map_hand.js' */

const REACH = 12; // pixels from a path that still count as on it
const GRIP = 26; // pixels from the start that a finger may miss it by

/**
 * Attach the listeners. Returns a function that detaches them.
 * @type {(canvas: HTMLCanvasElement, tip: HTMLElement) => () => void}
 */
export function attachPointer(canvas, tip) {
  let hands = NO_HANDS;
  /** @type {(kind: MapPress['kind']) => (event: PointerEvent) => void} */
  const press = (kind) => (event) => {
    const at = placeIn(canvas, event);
    const touch = event.pointerType === 'touch';
    const pans = event.shiftKey || event.button !== 0 || (isFixed() && !touch);
    const next = pressed(hands, { kind, id: event.pointerId, at, touch, near: nearStart(at), pans });
    hands = next.hands;
    if (kind === 'down') {
      canvas.setPointerCapture(event.pointerId);
      hideTooltip(tip);
    }
    act(next.effect, tip);
  };
  canvas.addEventListener('pointerdown', press('down'));
  canvas.addEventListener('pointermove', press('move'));
  canvas.addEventListener('pointerup', press('up'));
  canvas.addEventListener('pointercancel', press('cancel'));
  canvas.addEventListener('pointerleave', () => leave(tip));
  canvas.addEventListener('dblclick', (event) => event.shiftKey && fitDomain());
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  canvas.addEventListener('wheel', (event) => wheel(canvas, event), { passive: false });
  ['touchstart', 'touchmove'].forEach((name) => canvas.addEventListener(name, (event) => keepTouch(canvas, event), { passive: false }));
  return on('race', () => {
    if (hands.mode !== 'start') setStart(null);
    else if (!state.start) setStart(currentRace().start);
  });
}

/** @type {(effect: MapEffect, tip: HTMLElement) => void} */
function act(effect, tip) {
  if (effect?.kind === 'start') moveStart(effect.at);
  else if (effect?.kind === 'pan') pan(effect.dx, effect.dy);
  else if (effect?.kind === 'pinch') pinch(effect.other, effect.before, effect.now);
  else if (effect?.kind === 'read') read(effect.at, tip);
}

/** @type {(canvas: HTMLCanvasElement, event: WheelEvent) => void} */
function wheel(canvas, event) {
  event.preventDefault();
  zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), ...placeIn(canvas, event));
}

/**
 * The page does not scroll under two fingers, nor under one that is on the start.
 * @type {(canvas: HTMLCanvasElement, event: Event) => void}
 */
function keepTouch(canvas, event) {
  if (!(event instanceof TouchEvent)) return;
  const [first] = event.touches;
  if (event.touches.length > 1 || (first && nearStart(placeIn(canvas, first)))) event.preventDefault();
}

/** @type {(tip: HTMLElement) => void} */
function leave(tip) {
  if (!state.hover) return;
  hideTooltip(tip);
  setHover(null);
}

/** @type {(place: Point) => void} */
function moveStart(place) {
  if (isFixed()) return;
  const start = toPoint(...place);
  dragStart(start);
  sendStart(start);
}

/** @type {(place: Point) => boolean} */
function nearStart([x, y]) {
  if (!state.race || isFixed()) return false;
  const [startX, startY] = startPoint();
  return Math.hypot(x - toX(startX), y - toY(startY)) < GRIP;
}

/**
 * Two fingers, of which one has moved.
 * @type {(other: Point, before: Point, now: Point) => void}
 */
function pinch(other, before, now) {
  /** @type {(place: Point) => number} */
  const gap = ([x, y]) => Math.max(Math.hypot(x - other[0], y - other[1]), 1);
  zoom(gap(now) / gap(before), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
  pan((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
}

/** @type {(place: Point, tip: HTMLElement) => void} */
function read(place, tip) {
  const hover = nearest(place);
  if (!hover && !state.hover) return;
  if (hover) showTooltip(tip, hover, place, frame);
  else hideTooltip(tip);
  setHover(hover);
}

/**
 * The racer and step whose point lies nearest to a pixel, or null if none is within reach.
 * @type {(place: Point) => Hover | null}
 */
function nearest([px, py]) {
  if (!state.race || px < MARGIN.left) return null;
  /** @type {Hover | null} */
  let best = null;
  let reach = REACH;
  state.race.racers.forEach((racer, index) => {
    for (let i = 0; i <= racer.steps; i++) {
      const gap = segmentGap(racer, i, px, py);
      if (gap < reach - 1e-9) {
        reach = gap;
        best = { racer: index, step: gap === 0 ? i : closerEnd(racer, i, px, py) };
      }
    }
  });
  return best;
}

/** @type {(racer: Racer, i: number, px: number, py: number) => number} */
function segmentGap({ x, y, steps }, i, px, py) {
  const [ax, ay] = [toX(x[i]), toY(y[i])];
  const j = Math.min(i + 1, steps);
  const [bx, by] = [toX(x[j]), toY(y[j])];
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const share = length ? Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length)) : 0;
  return Math.hypot(px - ax - share * (bx - ax), py - ay - share * (by - ay));
}

/** @type {(racer: Racer, i: number, px: number, py: number) => number} */
function closerEnd({ x, y, steps }, i, px, py) {
  const j = Math.min(i + 1, steps);
  /** @type {(k: number) => number} */
  const gap = (k) => Math.hypot(px - toX(x[k]), py - toY(y[k]));
  return gap(j) < gap(i) ? j : i;
}

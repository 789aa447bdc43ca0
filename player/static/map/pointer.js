/** The hand on the map: click or drag moves the start, the wheel zooms, hovering reads a path. */
import { sendStart } from '../wire/feed.js';
import { fitDomain, frame, MARGIN, pan, toPoint, toX, toY, zoom } from '../core/frame.js';
import { startPoint } from './race.js';
import { emit, isFixed, on, state } from '../core/store.js';
import { hideTooltip, showTooltip } from '../core/tooltip.js';

const REACH = 12; // pixels from a path that still count as on it
const GRIP = 26; // pixels from the start that a finger may miss it by

/** @returns {() => void} what takes the listeners off again */
export function attachPointer(map, canvas, tip) {
  const hands = new Map();
  let mode = null;

  const at = ({ clientX, clientY }) => {
    const box = canvas.getBoundingClientRect();
    return [clientX - box.left, clientY - box.top];
  };
  const down = (event) => {
    const place = at(event);
    hands.set(event.pointerId, place);
    if (hands.size === 2) mode = 'pinch';
    else if (event.shiftKey || event.button !== 0 || (isFixed() && event.pointerType !== 'touch')) mode = 'pan';
    else if (event.pointerType !== 'touch' || nearStart(place)) mode = 'start';
    else mode = 'tap';
    canvas.setPointerCapture(event.pointerId);
    hideTooltip(tip);
    if (mode === 'start') moveStart(place);
  };
  const move = (event) => {
    const place = at(event);
    const before = hands.get(event.pointerId);
    if (!before) return event.pointerType === 'touch' ? undefined : hover(place, tip);
    hands.set(event.pointerId, place);
    if (mode === 'start') moveStart(place);
    else if (mode === 'pan') pan(place[0] - before[0], place[1] - before[1]);
    else if (mode === 'pinch' && hands.size === 2) pinch(hands, event.pointerId, before);
    else if (mode === 'tap' && Math.hypot(place[0] - before[0], place[1] - before[1]) > 6) mode = null;
    return undefined;
  };
  const up = (event) => {
    if (mode === 'tap' && event.type === 'pointerup') moveStart(at(event));
    hands.delete(event.pointerId);
    if (!hands.size) mode = null;
  };
  const wheel = (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), ...at(event));
  };
  const touch = (event) => {
    const [first] = event.touches;
    if (event.touches.length > 1 || (first && nearStart(at(first)))) event.preventDefault(); // else the page scrolls
  };
  const leave = () => {
    if (!state.hover) return;
    state.hover = null;
    hideTooltip(tip);
    emit('hover');
  };
  const listeners = {
    pointerdown: down,
    pointermove: move,
    pointerup: up,
    pointercancel: up,
    pointerleave: leave,
    dblclick: (event) => event.shiftKey && fitDomain(),
    contextmenu: (event) => event.preventDefault(),
  };
  Object.entries(listeners).forEach(([name, listener]) => canvas.addEventListener(name, listener));
  canvas.addEventListener('wheel', wheel, { passive: false });
  canvas.addEventListener('touchstart', touch, { passive: false });
  canvas.addEventListener('touchmove', touch, { passive: false });
  return on('race', ({ start }) => {
    if (!hands.size || mode !== 'start') state.start = null;
    else if (!state.start) state.start = start;
  });
}

function moveStart(place) {
  if (isFixed()) return;
  state.start = toPoint(...place);
  state.dragged = true;
  sendStart(state.start);
  emit('start');
}

function nearStart([x, y]) {
  if (!state.race || isFixed()) return false;
  const [startX, startY] = startPoint();
  return Math.hypot(x - toX(startX), y - toY(startY)) < GRIP;
}

function pinch(hands, moved, before) {
  const other = [...hands].find(([id]) => id !== moved)[1];
  const now = hands.get(moved);
  const gap = ([x, y]) => Math.max(Math.hypot(x - other[0], y - other[1]), 1);
  zoom(gap(now) / gap(before), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
  pan((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
}

function hover(place, tip) {
  const point = nearest(place);
  if (!point && !state.hover) return;
  state.hover = point;
  if (point) showTooltip(tip, point, place, frame);
  else hideTooltip(tip);
  emit('hover');
}

/** The racer and step whose point lies nearest to a pixel, or null if none is within reach. */
function nearest([px, py]) {
  if (!state.race || px < MARGIN.left) return null;
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

function segmentGap({ x, y, steps }, i, px, py) {
  const [ax, ay] = [toX(x[i]), toY(y[i])];
  const j = Math.min(i + 1, steps);
  const [bx, by] = [toX(x[j]), toY(y[j])];
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const share = length ? Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length)) : 0;
  return Math.hypot(px - ax - share * (bx - ax), py - ay - share * (by - ay));
}

function closerEnd({ x, y, steps }, i, px, py) {
  const j = Math.min(i + 1, steps);
  const gap = (k) => Math.hypot(px - toX(x[k]), py - toY(y[k]));
  return gap(j) < gap(i) ? j : i;
}

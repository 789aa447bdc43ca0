/** The map: Plotly draws the contour once; a canvas over it draws everything that moves. */
import { paints, revisions } from './clock.js';
import { fitDomain, frame, isZoomed, MARGIN, toX, toY, zoom } from './frame.js';
import { attachPlayBar } from './play_bar.js';
import { dressed, loadPlotly } from './plotly.js';
import { attachPointer } from './pointer.js';
import { paintRace } from './race.js';
import { emit, on, state, step } from './store.js';
import { isDark, theme } from './theme.js';

const HTML = `
  <div class="descent-map">
    <div class="descent-plot"></div>
    <canvas class="descent-overlay" aria-hidden="true"></canvas>
    <div class="descent-surface" hidden></div>
    <div class="descent-zoom">
      <button type="button" data-zoom="in" aria-label="Zoom in">+</button>
      <button type="button" data-zoom="out" aria-label="Zoom out">−</button>
      <button type="button" data-zoom="fit" aria-label="Show all">⤢</button>
    </div>
    <div class="descent-tip" role="status" hidden></div>
  </div>
  <div class="descent-bar"></div>`;

const CONFIG = { displayModeBar: false, staticPlot: true, responsive: false };
const LEAST = 300;
const BELOW = 190; // pixels of the window kept for what stands above and below the map

const views = new WeakMap();

/** @param {import('./types.js').Mount} component */
export function mountMap(component) {
  const { parentElement, data } = component;
  if (!views.has(parentElement)) views.set(parentElement, create(parentElement));
  views.get(parentElement).update(data);
  return () => {
    views.get(parentElement)?.remove();
    views.delete(parentElement);
  };
}

function create(parent) {
  const root = document.createElement('div');
  root.className = 'descent-player';
  root.dataset.testid = 'player';
  root.innerHTML = HTML;
  parent.append(root);
  const part = (name) => root.querySelector(`.descent-${name}`);
  const map = part('map');
  const plot = part('plot');
  const canvas = part('overlay');

  const redraw = async () => {
    const Plotly = await loadPlotly();
    if (!state.stage || !plot.isConnected) return;
    const figure = dressed(state.stage, theme.name);
    figure.layout = { ...figure.layout, width: frame.width, height: frame.height };
    figure.layout.xaxis.range = frame.x;
    figure.layout.yaxis.range = frame.y;
    await Plotly.react(plot, figure.data, figure.layout, CONFIG);
    emit('stage-drawn');
  };
  const resize = () => {
    const width = parent.clientWidth;
    const wide = parent.ownerDocument.defaultView.innerHeight - BELOW;
    const height = Math.max(LEAST, Math.min(wide, (width - MARGIN.left) * 1.06));
    if (!width || (frame.width === width && frame.height === height)) return;
    Object.assign(frame, { width, height });
    map.style.height = `${height}px`;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    emit('resize');
    redraw();
  };
  let redrawing = 0;
  const redrawSoon = () => {
    cancelAnimationFrame(redrawing);
    redrawing = requestAnimationFrame(redraw);
  };
  const paint = () => {
    paintRace(canvas);
    root.dataset.step = String(step());
    root.dataset.steps = String(state.race.steps);
    root.dataset.racers = String(state.race.racers.length);
    root.dataset.revision = String(revisions());
  };

  const observer = new ResizeObserver(resize);
  observer.observe(parent);
  window.addEventListener('resize', resize);
  const off = [
    paints(paint),
    on('zoom', redrawSoon),
    on('zoom', () => root.classList.toggle('descent-zoomed', isZoomed())),
    attachPointer(map, canvas, part('tip')),
    attachPlayBar(root, part('bar'), part('surface')),
    attachZoom(part('zoom')),
    () => observer.disconnect(),
    () => window.removeEventListener('resize', resize),
  ];

  const update = (stage) => {
    const moved = state.stage?.id !== stage.id;
    const same = state.stage === stage;
    state.stage = stage;
    const name = isDark(root) ? 'dark' : 'light';
    const turned = theme.name !== name;
    theme.name = name;
    theme.font = getComputedStyle(root).fontFamily;
    document.documentElement.dataset.descentTheme = name;
    if (moved || !frame.width) fitDomain();
    resize();
    if (!same || turned) redraw();
    emit('stage');
  };
  const remove = () => {
    off.forEach((stop) => stop());
    window.Plotly?.purge(plot);
    root.remove();
    state.stage = null;
    frame.width = 0;
  };
  return { update, remove };
}

function attachZoom(buttons) {
  const factors = { in: 1.5, out: 1 / 1.5 };
  buttons.addEventListener('click', ({ target }) => {
    const how = target.closest('button')?.dataset.zoom;
    if (how === 'fit') fitDomain();
    else if (how) zoom(factors[how], (toX(frame.x[0]) + toX(frame.x[1])) / 2, (toY(frame.y[0]) + toY(frame.y[1])) / 2);
  });
  return () => {};
}


/** The map: Plotly draws the contour once; a canvas over it draws everything that moves. */
import { paints, revisions } from '../core/clock.js';
import { fitDomain, frame, isZoomed, MARGIN, toX, toY, zoom } from '../core/frame.js';
import { mountOf } from '../core/component_registry.js';
import { attachPlayBar } from './play_bar.js';
import { loadPlotly, currentFigure } from '../core/plotly.js';
import { attachPointer } from './pointer.js';
import { paintRace } from './race.js';
import { emit, on, state, step } from '../core/store.js';
import { isDark, markTheme, theme } from '../core/theme.js';

const HTML = `
  <div class="descent-map">
    <div class="descent-plot"></div>
    <canvas class="descent-overlay" aria-hidden="true"></canvas>
    <div class="descent-surface" hidden></div>
    <div class="descent-zoom">
      <button type="button" data-zoom="in" aria-label="Zoom in">+</button>
      <button type="button" data-zoom="out" aria-label="Zoom out">−</button>
      <button type="button" data-zoom="fit" aria-label="Show all">⤢</button>
      <button type="button" data-zoom="field" aria-label="Gradient field" aria-pressed="false" title="Arrows the way down">↘</button>
    </div>
    <div class="descent-tip" role="status" hidden></div>
  </div>
  <div class="descent-bar"></div>`;

const CONFIG = { displayModeBar: false, staticPlot: true, responsive: false };
const LEAST = 300;
const BELOW = 190; // pixels of the window kept for what stands above and below the map, if the page does not say

export const mountMap = mountOf(create);

function create(parent) {
  const root = document.createElement('div');
  root.className = 'descent-player';
  root.dataset.testid = 'player';
  root.innerHTML = HTML;
  parent.append(root);
  const part = (name) => root.querySelector(`.descent-${name}`);
  const plot = part('plot');
  const draw = () => drawContour(plot);
  const off = [
    paints(() => paint(root, part('overlay'))),
    redrawAfterZoom(root, draw),
    attachSize(parent, part('map'), part('overlay'), draw),
    attachPointer(part('map'), part('overlay'), part('tip')),
    attachPlayBar(root, part('bar'), part('surface')),
    attachZoom(part('zoom')),
  ];

  const update = ({ data: landscape }) => {
    const another = state.landscape?.id !== landscape.id;
    const changed = state.landscape !== landscape;
    state.landscape = landscape;
    const turned = updateTheme(root);
    if (another) fitDomain();
    if (changed || turned) draw();
    emit('landscape');
  };
  const remove = () => {
    off.forEach((stop) => stop());
    window.Plotly?.purge(plot);
    root.remove();
    state.landscape = null;
    frame.width = 0;
  };
  return { update, remove };
}

async function drawContour(plot) {
  const Plotly = await loadPlotly();
  if (!state.landscape || !frame.width || !plot.isConnected) return;
  const { data, layout } = currentFigure();
  await Plotly.react(plot, data, layout, CONFIG);
}

function paint(root, canvas) {
  paintRace(canvas);
  root.dataset.step = String(step());
  root.dataset.steps = String(state.race.steps);
  root.dataset.racers = String(state.race.racers.length);
  root.dataset.revision = String(revisions());
}

/** Note which theme is on; true if it is another than before. */
function updateTheme(root) {
  const before = theme.name;
  theme.name = isDark(root) ? 'dark' : 'light';
  theme.font = getComputedStyle(root).fontFamily;
  markTheme(root);
  return theme.name !== before;
}

function redrawAfterZoom(root, draw) {
  let waiting = 0;
  return on('zoom', () => {
    root.classList.toggle('descent-zoomed', isZoomed());
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(draw);
  });
}

const spaceBelow = (parent) => parseFloat(getComputedStyle(parent).getPropertyValue('--descent-below')) || BELOW;

/** Let the map fill its column, as high as the window allows. */
function attachSize(parent, map, canvas, draw) {
  const resize = () => {
    const width = parent.clientWidth;
    const height = Math.max(LEAST, Math.min(window.innerHeight - spaceBelow(parent), (width - MARGIN.left) * 1.06));
    if (!width || (frame.width === width && frame.height === height)) return;
    Object.assign(frame, { width, height });
    map.style.height = `${height}px`;
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    emit('resize');
    draw();
  };
  const observer = new ResizeObserver(resize);
  observer.observe(parent);
  window.addEventListener('resize', resize);
  resize();
  return () => {
    observer.disconnect();
    window.removeEventListener('resize', resize);
  };
}

function toggleField(button) {
  state.field = !state.field;
  button.setAttribute('aria-pressed', String(state.field));
  emit('field');
}

function attachZoom(buttons) {
  const factors = { in: 1.5, out: 1 / 1.5 };
  buttons.addEventListener('click', ({ target }) => {
    const how = target.closest('button')?.dataset.zoom;
    if (how === 'field') toggleField(target.closest('button'));
    else if (how === 'fit') fitDomain();
    else if (how) zoom(factors[how], (toX(frame.x[0]) + toX(frame.x[1])) / 2, (toY(frame.y[0]) + toY(frame.y[1])) / 2);
  });
  return () => {};
}


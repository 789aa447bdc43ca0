/** The map: Plotly draws the contour once; a canvas over it draws everything that moves. */
import { buttonOf, part, partOf } from '../core/dom.js';
import { paints, revisions } from '../core/clock.js';
import { fitDomain, frame, isZoomed, MARGIN, toX, toY, zoom } from '../core/frame.js';
import { mountOf } from '../core/component_registry.js';
import { attachPlayBar } from './play_bar.js';
import { loadPlotly, currentFigure } from '../core/plotly.js';
import { attachPointer } from './pointer.js';
import { paintRace } from './race.js';
import { emit, on } from '../core/events.js';
import { currentRace, setLandscape, state, step, toggleField } from '../core/store.js';
import { isDark, markTheme, theme } from '../core/theme.js';

/** @import { LandscapePayload } from '../wire/messages.js' */
/** @import { Mount } from '../core/types.js' */

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

/** @type {(parent: HTMLElement) => {update: (mount: Mount<LandscapePayload>) => void, remove: () => void}} */
function create(parent) {
  const root = document.createElement('div');
  root.className = 'descent-player';
  root.dataset.testid = 'player';
  root.innerHTML = HTML;
  parent.append(root);
  const [map, plot, surface, bar, tip] = ['map', 'plot', 'surface', 'bar', 'tip'].map((name) => part(root, `.descent-${name}`));
  const overlay = partOf(HTMLCanvasElement, root, '.descent-overlay');
  const draw = () => drawContour(plot);
  const off = [
    paints(() => paint(root, overlay)),
    redrawAfterZoom(root, draw),
    attachSize(parent, map, overlay, draw),
    attachPointer(overlay, tip),
    attachPlayBar(root, bar, surface),
  ];

  attachZoom(part(root, '.descent-zoom'));

  /** @type {(mount: Mount<LandscapePayload>) => void} */
  const update = ({ data: landscape }) => {
    const another = state.landscape?.id !== landscape.id;
    const changed = state.landscape !== landscape;
    setLandscape(landscape);
    const turned = updateTheme(root);
    if (another) fitDomain();
    if (changed || turned) draw();
    emit('landscape');
  };
  const remove = () => {
    off.forEach((stop) => stop());
    window.Plotly?.purge(plot);
    root.remove();
    setLandscape(null);
    frame.width = 0;
  };
  return { update, remove };
}

/** @type {(plot: HTMLElement) => Promise<void>} */
async function drawContour(plot) {
  const Plotly = await loadPlotly();
  if (!state.landscape || !frame.width || !plot.isConnected) return;
  const { data, layout } = currentFigure();
  await Plotly.react(plot, data, layout, CONFIG);
}

/** @type {(root: HTMLElement, canvas: HTMLCanvasElement) => void} */
function paint(root, canvas) {
  paintRace(canvas);
  root.dataset.step = String(step());
  root.dataset.steps = String(currentRace().steps);
  root.dataset.racers = String(currentRace().racers.length);
  root.dataset.revision = String(revisions());
}

/**
 * Note which theme is on; true if it is another than before.
 * @type {(root: HTMLElement) => boolean}
 */
function updateTheme(root) {
  const before = theme.name;
  theme.name = isDark(root) ? 'dark' : 'light';
  theme.font = getComputedStyle(root).fontFamily;
  markTheme(root);
  return theme.name !== before;
}

/** @type {(root: HTMLElement, draw: () => void) => () => void} */
function redrawAfterZoom(root, draw) {
  let waiting = 0;
  return on('zoom', () => {
    root.classList.toggle('descent-zoomed', isZoomed());
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(draw);
  });
}

/** @type {(parent: HTMLElement) => number} */
const spaceBelow = (parent) => parseFloat(getComputedStyle(parent).getPropertyValue('--descent-below')) || BELOW;

/**
 * Let the map fill its column, as high as the window allows.
 * @type {(parent: HTMLElement, map: HTMLElement, canvas: HTMLCanvasElement, draw: () => void) => () => void}
 */
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

/** @type {(button: HTMLButtonElement) => void} */
function switchField(button) {
  toggleField();
  button.setAttribute('aria-pressed', String(state.field));
}

/** @type {(buttons: HTMLElement) => void} */
function attachZoom(buttons) {
  buttons.addEventListener('click', (event) => {
    const button = buttonOf(event);
    const how = button?.dataset.zoom;
    if (button && how === 'field') switchField(button);
    else if (how === 'fit') fitDomain();
    else if (how) zoom(how === 'in' ? 1.5 : 1 / 1.5, (toX(frame.x[0]) + toX(frame.x[1])) / 2, (toY(frame.y[0]) + toY(frame.y[1])) / 2);
  });
}


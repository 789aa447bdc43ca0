/** The same race in three dimensions: loaded when asked for, on the same playhead, the camera kept. */
import { between } from '../core/canvas.js';
import { frame } from '../core/frame.js';
import { gridOf, loadPlotly } from '../core/plotly.js';
import { on } from '../core/events.js';
import { currentLandscape, currentRace, state } from '../core/store.js';
import { ground, styleOf } from '../core/theme.js';

/** @import { Grid } from '../core/plotly.js' */
/** @import { Racer } from '../core/types.js' */
/** @typedef {number | null} Coordinate null outside the domain */

const PAUSE = 70; // milliseconds between two redraws of the heads
/** @type {object} */
let camera = { eye: { x: -1.25, y: -1.45, z: 1.15 } };
/** @type {PlotlyElement | null} */
let box = null;
let listening = false;
/** @type {{grid: Grid, landscape: object} | null} */
let cache = null;

/**
 * Show or hide the surface in an element.
 * @type {(element: HTMLElement, open: boolean) => Promise<void>}
 */
export async function showSurface(element, open) {
  box = open ? /** @type {PlotlyElement} */ (element) : null;
  if (!open) return;
  if (!listening) {
    on('landscape', draw);
    on('race', draw);
    on('resize', draw);
    on('seek', follow);
    listening = true;
  }
  await draw();
}

/** @type {(above: number) => number} */
const height = (above) => Math.log1p(Math.max(currentRace().floor + above - currentLandscape().low, 0) / currentLandscape().scale);
/** @type {(x: number, y: number) => boolean} */
const inside = (x, y) => {
  const [[left, right], [bottom, top]] = currentLandscape().domain;
  return x >= left && x <= right && y >= bottom && y <= top;
};

/** @type {(surface: PlotlyElement) => object | undefined} */
const cameraOf = (surface) => surface._fullLayout?.scene?._scene?.getCamera();

async function draw() {
  if (!box) return;
  const Plotly = await loadPlotly();
  if (!box || !state.race || !state.landscape) return;
  if (cache?.landscape !== state.landscape) cache = { grid: gridOf(state.landscape), landscape: state.landscape };
  camera = cameraOf(box) ?? camera; // events miss the last of a turn's glide
  await Plotly.react(box, [ground3d(cache.grid), ...state.race.racers.flatMap(traces)], layout(), { displayModeBar: false });
}

/** @type {(grid: Grid) => object} */
function ground3d(grid) {
  const { water } = ground();
  return {
    type: 'surface',
    ...grid,
    colorscale: water.map((tone, i) => [i / (water.length - 1), tone]),
    showscale: false,
    hoverinfo: 'skip',
    lighting: { ambient: 0.75, diffuse: 0.5, specular: 0.05 },
    contours: { z: { show: true, color: ground().contour, width: 1, start: 0, end: 99, size: Math.max(...grid.z.flat()) / 22 } },
  };
}

/** @type {(racer: Racer) => object[]} */
function traces(racer) {
  const { colour } = styleOf(racer);
  /** @type {(i: number) => Coordinate[]} */
  const visible = (i) => (inside(racer.x[i], racer.y[i]) ? [racer.x[i], racer.y[i], height(racer.height[i])] : [null, null, null]);
  const points = Array.from({ length: racer.steps + 1 }, (_, i) => visible(i));
  /** @type {(k: number) => Coordinate[]} */
  const column = (k) => points.map((point) => point[k]);
  return [
    { type: 'scatter3d', mode: 'lines', x: column(0), y: column(1), z: column(2), line: { color: colour, width: 5 }, hoverinfo: 'skip' },
    { type: 'scatter3d', mode: 'markers', ...head(racer), marker: { color: colour, size: 6, line: { color: ground().paper, width: 1.5 } }, hoverinfo: 'skip' },
  ];
}

/** @type {(racer: Racer) => {x: Coordinate[], y: Coordinate[], z: Coordinate[]}} */
function head(racer) {
  const [x, y, above] = [racer.x, racer.y, racer.height].map((values) => between(values, state.playhead));
  return inside(x, y) ? { x: [x], y: [y], z: [height(above)] } : { x: [null], y: [null], z: [null] };
}

function layout() {
  const axis = { showgrid: false, zeroline: false, showspikes: false, color: ground().muted, title: { text: '' }, backgroundcolor: 'rgba(0,0,0,0)' };
  return {
    width: frame.width,
    height: frame.height,
    margin: { l: 0, r: 0, t: 0, b: 0 },
    paper_bgcolor: ground().paper,
    showlegend: false,
    uirevision: 'camera',
    scene: { camera, xaxis: axis, yaxis: axis, zaxis: { ...axis, showticklabels: false }, aspectratio: { x: 1.15, y: 1.15, z: 0.7 } },
  };
}

let waiting = 0;
function follow() {
  if (!box?.on || waiting || !state.race) return;
  waiting = setTimeout(async () => {
    waiting = 0;
    if (!box || !state.race) return;
    const heads = state.race.racers.map(head);
    const which = heads.map((_, i) => 2 + 2 * i);
    const changes = { x: heads.map(({ x }) => x), y: heads.map(({ y }) => y), z: heads.map(({ z }) => z) };
    await window.Plotly?.restyle(box, changes, which);
  }, PAUSE);
}

/** Plotly, loaded once from the installed package, and the contour in the colours of the theme. */
import { cachedAddress } from './browser_cache.js';
import { frame } from './frame.js';
import { currentLandscape } from './store.js';
import { theme } from './theme.js';

/** @import { LandscapePayload } from '../wire/messages.js' */
/** @typedef {{x: number[], y: number[], z: number[][]}} Grid */

let served = ''; // empty in the page that is saved, which has Plotly in itself
/** @type {Promise<Plotly> | null} */
let loading = null;

/**
 * Begin to load Plotly from this address.
 * @type {(address: string) => void}
 */
export function servePlotly(address) {
  served = address;
  loadPlotly();
}

/** @type {() => Promise<Plotly>} */
export function loadPlotly() {
  loading ??= window.Plotly ? Promise.resolve(window.Plotly) : cachedAddress(served).then(run);
  return loading;
}

/**
 * Run a script that defines Plotly.
 * @type {(address: string) => Promise<Plotly>}
 */
function run(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    const fail = () => reject(new Error('The map cannot be drawn: plotly.min.js did not load.'));
    script.addEventListener('load', () => (window.Plotly ? resolve(window.Plotly) : fail()));
    script.addEventListener('error', fail);
    document.head.append(script);
  });
}

/**
 * The landscape's figure, parsed afresh, with the colours of the theme that is on.
 * @type {(landscape: LandscapePayload, name: 'light' | 'dark') => PlotlyFigure}
 */
export function themedFigure(landscape, name) {
  const figure = JSON.parse(landscape.figure);
  const { water, contour, muted, hairline } = landscape.palette[name];
  figure.data[0].colorscale = water.map((tone, i) => [i / (water.length - 1), tone]);
  figure.data[0].line.color = contour;
  for (const axis of [figure.layout.xaxis, figure.layout.yaxis]) {
    axis.tickcolor = hairline;
    axis.tickfont = { ...axis.tickfont, color: muted };
  }
  figure.layout.font = { family: getComputedStyle(document.body).fontFamily };
  return figure;
}

/**
 * The contour as it is shown: in the theme that is on, with the map's window and size.
 * @type {() => PlotlyFigure}
 */
export function currentFigure() {
  const figure = themedFigure(currentLandscape(), theme.name);
  const { width, height } = frame;
  Object.assign(figure.layout, { width, height });
  figure.layout.xaxis.range = frame.x;
  figure.layout.yaxis.range = frame.y;
  return figure;
}

/**
 * The figure's grid as plain numbers: x, y and z as rows.
 * @type {(landscape: LandscapePayload) => Grid}
 */
export function gridOf(landscape) {
  const [trace] = JSON.parse(landscape.figure).data;
  const x = numbersOf(trace.x);
  const y = numbersOf(trace.y);
  const flat = numbersOf(trace.z);
  return { x, y, z: y.map((_, row) => flat.slice(row * x.length, (row + 1) * x.length)) };
}

/** @type {(values: {bdata: string} | (number | number[])[]) => number[]} */
function numbersOf(values) {
  if (!('bdata' in values)) return values.flat();
  const bytes = Uint8Array.from(atob(values.bdata), (letter) => letter.charCodeAt(0));
  return Array.from(new Float32Array(bytes.buffer));
}

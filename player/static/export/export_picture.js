/** The view as a picture: the contour from Plotly, the race drawn over it by the same code as on the screen. */
import { frame } from '../core/frame.js';
import { laidOut, paintSheet } from './export_sheet.js';
import { still } from './export_still.js';
import { Pen } from './export_svg.js';
import { context2d } from '../core/canvas.js';
import { loadPlotly, currentFigure } from '../core/plotly.js';
import { ground, theme } from '../core/theme.js';

/** @import { Context } from '../core/types.js' */
/** @import { Still } from './export_still.js' */
/** @typedef {{text: string, place: [number, number], align: CanvasTextAlign}} Tick */
/** @typedef {{markup: string, ticks: Tick[], solid: boolean}} MapMarkup what the map shows as SVG; `solid`: with the race on it */
/** @typedef {{image: CanvasImageSource, ticks: Tick[], solid: boolean}} MapImage */

const SCALE = 3;
/** @type {Record<string, CanvasTextAlign>} */
const ALIGNS = { start: 'left', middle: 'center', end: 'right' };
const NOT_YET = 'There is no race to be exported yet.';

/**
 * The view as it is now; an error for the visitor while there is none.
 * @type {() => Still}
 */
export function currentView() {
  const view = still();
  if (!view) throw new Error(NOT_YET);
  return view;
}

/** @type {() => Promise<Blob | null>} */
export async function png() {
  const view = currentView();
  const map = await asImage(mapOf(view, SCALE));
  const canvas = document.createElement('canvas');
  view.at(view.playhead, () => drawSheet(canvas, view, map, SCALE));
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** @returns {Promise<Blob>} */
export async function svg() {
  const view = currentView();
  const { markup, ticks, solid } = await mapOf(view, 1);
  const text = view.at(view.playhead, () => {
    const pen = new Pen();
    const layout = laidOut(pen);
    paintSheet(pen, layout, () => {
      pen.embed(markup);
      paintTicks(pen, ticks);
      if (!solid) view.drawRace(pen);
    });
    return pen.written(layout.width, layout.height, `${view.landscape.title}: ${view.race.sentence[0]}`);
  });
  return new Blob([text], { type: 'image/svg+xml' });
}

/**
 * The whole sheet on a canvas of its own size; inside a still's `at`.
 * @param {HTMLCanvasElement} canvas
 * @param {Still} view
 * @param {MapImage} map
 * @param {number} scale
 */
export function drawSheet(canvas, view, { image, ticks, solid }, scale) {
  const context = context2d(canvas);
  const layout = laidOut(context);
  const [width, height] = [even(layout.width * scale), even(layout.height * scale)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  context.setTransform(width / layout.width, 0, 0, height / layout.height, 0, 0);
  paintSheet(context, layout, () => {
    context.drawImage(image, 0, 0, frame.width, frame.height);
    paintTicks(context, ticks);
    if (!solid) view.drawRace(context);
  });
}

/**
 * Films want even numbers.
 * @type {(pixels: number) => number}
 */
const even = (pixels) => 2 * Math.round(pixels / 2);

/**
 * What the map shows, so many times as large: the contour, or the surface with the race on it.
 * @type {(view: Still, scale: number) => Promise<MapMarkup>}
 */
function mapOf(view, scale) {
  const surface = document.querySelector('.descent-3d .descent-surface');
  return surface ? surfaceOf(/** @type {PlotlyElement} */ (surface), scale) : contourOf(view, scale);
}

/**
 * A map whose SVG has become an image.
 * @type {(map: Promise<MapMarkup>) => Promise<MapImage & {image: HTMLImageElement}>}
 */
export async function asImage(map) {
  const { markup, ...rest } = await map;
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(markup)}`;
  await image.decode();
  return { image, ...rest };
}

/**
 * Plotly's surface, seen from where it was turned to.
 * @type {(surface: PlotlyElement, scale: number) => Promise<MapMarkup>}
 */
async function surfaceOf(surface, scale) {
  const { width, height } = frame;
  const Plotly = await loadPlotly();
  const camera = surface._fullLayout?.scene?._scene?.getCamera();
  const layout = { ...surface.layout, scene: { ...surface.layout.scene, camera } };
  const image = await Plotly.toImage({ data: surface.data, layout }, { format: 'png', width, height, scale: Math.max(scale, 2) });
  const size = `width="${width * scale}" height="${height * scale}"`;
  return { markup: `<svg xmlns="http://www.w3.org/2000/svg" ${size}><image ${size} href="${image}"/></svg>`, ticks: [], solid: true };
}

/**
 * The contour as an SVG, and the numbers at its axes.
 * @type {(view: Still, scale: number) => Promise<MapMarkup>}
 */
export async function contourOf(view, scale) {
  const Plotly = await loadPlotly();
  const { data, layout } = view.at(view.playhead, currentFigure);
  const { width, height } = layout;
  const image = await Plotly.toImage({ data, layout }, { format: 'svg', width, height, scale, imageDataOnly: true });
  const { documentElement } = new DOMParser().parseFromString(image, 'image/svg+xml');
  const ticks = extractTicks(documentElement);
  return { markup: new XMLSerializer().serializeToString(documentElement), ticks, solid: false };
}

/**
 * The numbers at the axes, to be written like all other text: an image has none of the page's fonts.
 * They are taken out of what Plotly drew.
 * @type {(root: Element) => Tick[]}
 */
function extractTicks(root) {
  return [...root.querySelectorAll('.xtick text, .ytick text')].map((text) => {
    const [dx, dy] = (/translate\(([-\d.]+),([-\d.]+)\)/.exec(text.getAttribute('transform') ?? '') ?? []).slice(1).map(Number);
    /** @type {[number, number]} */
    const place = [Number(text.getAttribute('x')) + dx, Number(text.getAttribute('y')) + dy];
    text.remove();
    return { text: text.textContent ?? '', place, align: ALIGNS[text.getAttribute('text-anchor') ?? 'start'] };
  });
}

/** @type {(pen: Context, ticks: Tick[]) => void} */
function paintTicks(pen, ticks) {
  Object.assign(pen, { font: `11px ${theme.font}`, fillStyle: ground().muted });
  for (const { text, place, align } of ticks) {
    pen.textAlign = align;
    pen.fillText(text, ...place);
  }
}

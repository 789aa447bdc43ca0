/** The race as a film, recorded from a hidden canvas while the view on the screen goes on. */
import { asImage, contourOf, drawSheet, currentView } from './export_picture.js';
import { context2d } from '../core/canvas.js';
import { laidOut } from './export_sheet.js';

/** @import { MapImage } from './export_picture.js' */
/** @import { Still } from './export_still.js' */

const MAX_SIDE = 1280; // pixels of its longer side, about
const BITS = 8e6; // a second
const FRAMES = 30; // a second
const REST = 1; // seconds that the end is shown

/** @type {[string, string][]} */
const KINDS = [
  ['video/webm;codecs=vp9', 'webm'],
  ['video/webm;codecs=vp8', 'webm'],
  ['video/webm', 'webm'],
  ['video/mp4', 'mp4'],
];

/** What this browser can record, [type, ending]; undefined if nothing. */
export const filmKind = () => KINDS.find(([type]) => window.MediaRecorder?.isTypeSupported(type));

/**
 * @param {number} seconds from the first step to the last
 * @param {(share: number) => void} onProgress how much of it is done
 * @param {AbortSignal} signal
 * @returns {Promise<Blob | null>} null if it was given up
 */
export async function film(seconds, onProgress, signal) {
  const view = currentView();
  const [type] = filmKind() ?? [];
  const canvas = document.createElement('canvas');
  const { scale, ...contour } = await bitmap(view);
  /** @type {(share: number) => void} */
  const draw = (share) => view.at(share * view.race.steps, () => drawSheet(canvas, view, contour, scale));
  draw(0);
  const stream = canvas.captureStream(FRAMES);
  const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: BITS });
  const whole = recorded(recorder);
  recorder.start();
  await run(draw, seconds, onProgress, signal);
  recorder.stop();
  const blob = await whole;
  stream.getTracks().forEach((track) => track.stop());
  return signal.aborted ? null : blob;
}

/**
 * The contour as pixels at the film's `scale`, so that it is drawn once and not for every frame.
 * @type {(view: Still) => Promise<MapImage & {scale: number}>}
 */
async function bitmap(view) {
  const { width, height } = view.at(0, () => laidOut(context2d(document.createElement('canvas'))));
  const scale = Math.max(1, Math.min(2, MAX_SIDE / Math.max(width, height)));
  const { image, ticks, solid } = await asImage(contourOf(view, scale));
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: image.width, height: image.height });
  context2d(canvas).drawImage(image, 0, 0);
  return { image: canvas, ticks, solid, scale };
}

/**
 * The data of a recorder until it stops.
 * @type {(recorder: MediaRecorder) => Promise<Blob>}
 */
function recorded(recorder) {
  /** @type {Blob[]} */
  const parts = [];
  return new Promise((resolve, reject) => {
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    recorder.addEventListener('stop', () => resolve(new Blob(parts, { type: recorder.mimeType })));
    recorder.addEventListener('error', () => reject(new Error('This browser gave the recording up.')));
  });
}

/**
 * Draw frame after frame by the clock, and the end for a moment.
 * @type {(draw: (share: number) => void, seconds: number, onProgress: (share: number) => void, signal: AbortSignal) => Promise<void>}
 */
async function run(draw, seconds, onProgress, signal) {
  const startedAt = performance.now();
  for (let spent = 0; spent < seconds + REST && !signal.aborted; spent = (performance.now() - startedAt) / 1000) {
    draw(Math.min(spent / seconds, 1));
    onProgress(spent / (seconds + REST));
    await new Promise((next) => setTimeout(next, 1000 / FRAMES)); // oxlint-disable-line no-await-in-loop
  }
}

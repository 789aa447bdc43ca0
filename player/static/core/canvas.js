/** Small helpers for crisp canvases and runs drawn up to the playhead. */

/** @import { Context, Polyline } from './types.js' */

/**
 * The drawing context of a canvas, which every browser has.
 * @type {(canvas: HTMLCanvasElement) => CanvasRenderingContext2D}
 */
export function context2d(canvas) {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws on no canvas.');
  return context;
}

/**
 * Fit a canvas to its element's size in device pixels; returns its 2-D context in CSS pixels.
 * @type {(canvas: HTMLCanvasElement, width: number, height: number, ratio?: number) => CanvasRenderingContext2D}
 */
export function fit(canvas, width, height, ratio = window.devicePixelRatio || 1) {
  const wide = Math.round(width * ratio);
  const high = Math.round(height * ratio);
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  const context = context2d(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

const FAR = 4000;

/**
 * The part of a screen polyline that is worth drawing: repeated pixels left out, far-off points drawn in.
 * @type {(xs: ArrayLike<number>, ys: ArrayLike<number>) => Polyline}
 */
export function thinned(xs, ys) {
  const line = { at: [0], x: [clamped(xs[0])], y: [clamped(ys[0])] };
  for (let i = 1; i < xs.length; i++) {
    const last = line.at.length - 1;
    const x = clamped(xs[i]);
    const y = clamped(ys[i]);
    if (i < xs.length - 1 && Math.abs(x - line.x[last]) < 0.4 && Math.abs(y - line.y[last]) < 0.4) continue;
    line.at.push(i);
    line.x.push(x);
    line.y.push(y);
  }
  return line;
}

/** @type {(value: number) => number} */
const clamped = (value) => Math.max(-FAR, Math.min(FAR, value));

/**
 * The position of a run at a step, which may be fractional.
 * @type {(values: ArrayLike<number>, step: number) => number}
 */
export function between(values, step) {
  const last = values.length - 1;
  const low = Math.min(Math.floor(step), last);
  const high = Math.min(low + 1, last);
  return values[low] + (values[high] - values[low]) * Math.min(Math.max(step - low, 0), 1);
}

/**
 * Draw a run: all of it faint, then up to the playhead with a casing that reads on any ground.
 * @param {Context} context
 * @param {Polyline} line
 * @param {number} step
 * @param {number[]} head where the run is at that step
 * @param {{colour: string, dash: number[], casing: string, width: number}} style
 */
export function strokeRun(context, line, step, head, style) {
  context.lineJoin = 'round';
  context.lineCap = 'butt';
  trace(context, line, line.at.length);
  stroke(context, style.colour, style.width * 0.7, [], 0.28);
  let count = 0;
  while (count < line.at.length && line.at[count] <= step) count++;
  trace(context, line, count);
  context.lineTo(clamped(head[0]), clamped(head[1]));
  stroke(context, style.casing, style.width + 2.4, [], 0.9);
  stroke(context, style.colour, style.width, style.dash, 1);
}

/** @type {(context: Context, line: Polyline, count: number) => void} */
function trace(context, line, count) {
  context.beginPath();
  context.moveTo(line.x[0], line.y[0]);
  for (let i = 1; i < count; i++) context.lineTo(line.x[i], line.y[i]);
}

/** @type {(context: Context, colour: string, width: number, dash: number[], alpha: number) => void} */
function stroke(context, colour, width, dash, alpha) {
  context.globalAlpha = alpha;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/**
 * Text with a halo in the colour of the ground.
 * @type {(context: Context, text: string, x: number, y: number, ink: string, halo: string) => void}
 */
export function haloed(context, text, x, y, ink, halo) {
  context.lineJoin = 'round';
  context.lineWidth = 3.5;
  context.strokeStyle = halo;
  context.strokeText(text, x, y);
  context.fillStyle = ink;
  context.fillText(text, x, y);
}

/**
 * A disc with a rim.
 * @type {(context: Context, x: number, y: number, radius: number, fill: string, rim: string, width?: number) => void}
 */
export function disc(context, x, y, radius, fill, rim, width = 2) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = width;
  context.strokeStyle = rim;
  context.stroke();
}

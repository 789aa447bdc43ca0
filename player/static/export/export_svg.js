/** Stands in for a canvas context and writes an SVG: lines stay lines, text stays text. */

import { context2d } from '../core/canvas.js';

/** @import { Pieces } from '../core/types.js' */

/** @type {Record<string, string>} */
const WORDS = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** @type {(text: string) => string} */
const escaped = (text) => String(text).replaceAll(/[&<>"]/g, (letter) => WORDS[letter]);
/** @type {(value: number) => string} */
const short = (value) => String(Math.round(value * 100) / 100);
const ROOM = 1.15;
/** @type {Record<string, string>} */
const ANCHORS = { left: 'start', center: 'middle', right: 'end' };

/** The part of a canvas context that the painters use. */
export class Pen {
  /** @type {string | CanvasGradient | CanvasPattern} */
  strokeStyle = '#000';
  /** @type {string | CanvasGradient | CanvasPattern} */
  fillStyle = '#000';
  lineWidth = 1;
  /** @type {CanvasLineJoin} */
  lineJoin = 'miter';
  /** @type {CanvasLineCap} */
  lineCap = 'butt';
  globalAlpha = 1;
  font = '10px sans-serif';
  /** @type {CanvasTextAlign} */
  textAlign = 'left';
  /** @type {number[]} */
  #dash = [];
  #path = '';
  /** @type {string[]} */
  #parts = [];
  /** @type {number[]} */
  #open = []; // groups of each level that is saved
  #clips = 0;
  #ruler = context2d(document.createElement('canvas'));

  beginPath() {
    this.#path = '';
  }

  /** @type {(x: number, y: number) => void} */
  moveTo(x, y) {
    this.#path += `M${short(x)} ${short(y)}`;
  }

  /** @type {(x: number, y: number) => void} */
  lineTo(x, y) {
    this.#path += `${this.#path ? 'L' : 'M'}${short(x)} ${short(y)}`;
  }

  closePath() {
    this.#path += 'Z';
  }

  /** @type {(x: number, y: number, width: number, height: number) => void} */
  rect(x, y, width, height) {
    this.#path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  }

  /**
   * Whole circles and ellipses only; the painters draw no other.
   * @type {(x: number, y: number, radius: number) => void}
   */
  arc(x, y, radius) {
    this.ellipse(x, y, radius, radius);
  }

  /** @type {(x: number, y: number, wide: number, high: number) => void} */
  ellipse(x, y, wide, high) {
    const half = `A${short(wide)} ${short(high)} 0 1 1`;
    this.#path += `M${short(x + wide)} ${short(y)}${half} ${short(x - wide)} ${short(y)}${half} ${short(x + wide)} ${short(y)}Z`;
  }

  /** @type {(dash: number[]) => void} */
  setLineDash(dash) {
    this.#dash = dash;
  }

  /** @param {Pieces} [own] pieces of line of their own, in place of the path */
  stroke(own) {
    const path = own ? own.pieces.map((ends) => `M${ends.map(short).join(' ')}`).join('') : this.#path;
    const dash = this.#dash.length ? ` stroke-dasharray="${this.#dash.join(' ')}"` : '';
    const line = `fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="${this.lineJoin}"`;
    if (path) this.#add(`<path d="${path}" ${line} stroke-linecap="${this.lineCap}"${dash}${this.#faint()}/>`);
  }

  fill() {
    if (this.#path) this.#add(`<path d="${this.#path}" fill="${this.fillStyle}"${this.#faint()}/>`);
  }

  /** @type {(x: number, y: number, width: number, height: number) => void} */
  fillRect(x, y, width, height) {
    this.#add(`<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${this.fillStyle}"/>`);
  }

  /** @type {(text: string, x: number, y: number) => void} */
  fillText(text, x, y) {
    this.#text(text, x, y, `fill="${this.fillStyle}"`);
  }

  /**
   * The halo of a text that follows: nothing to read.
   * @type {(text: string, x: number, y: number) => void}
   */
  strokeText(text, x, y) {
    const halo = `fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="round"`;
    this.#text(text, x, y, `aria-hidden="true" ${halo}`);
  }

  /**
   * With some room: where the file is opened, a wider font may stand in for ours.
   * @type {(text: string) => {width: number}}
   */
  measureText(text) {
    this.#ruler.font = this.font;
    return { width: this.#ruler.measureText(text).width * ROOM };
  }

  save() {
    this.#open.push(0);
  }

  restore() {
    this.#add('</g>'.repeat(this.#open.pop() ?? 0));
  }

  /** @type {(x: number, y: number) => void} */
  translate(x, y) {
    this.#group(`<g transform="translate(${short(x)} ${short(y)})">`);
  }

  clip() {
    this.#clips += 1;
    this.#add(`<clipPath id="descent-clip${this.#clips}"><path d="${this.#path}"/></clipPath>`);
    this.#group(`<g clip-path="url(#descent-clip${this.#clips})">`);
  }

  /**
   * A picture of its own, as it is.
   * @type {(canvas: HTMLCanvasElement, x: number, y: number, width: number, height: number) => void}
   */
  drawImage(canvas, x, y, width, height) {
    this.#add(`<image x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" href="${canvas.toDataURL()}"/>`);
  }

  /**
   * Put another SVG at the origin.
   * @type {(svg: string) => void}
   */
  embed(svg) {
    this.#add(svg);
  }

  /**
   * All that was drawn, as a file.
   * @type {(width: number, height: number, title: string) => string}
   */
  written(width, height, title) {
    const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img"><title>${escaped(title)}</title>${this.#parts.join('\n')}</svg>\n`;
  }

  /** @type {(part: string) => void} */
  #add(part) {
    this.#parts.push(part);
  }

  /** @type {(start: string) => void} */
  #group(start) {
    this.#add(start);
    this.#open[this.#open.length - 1] += 1;
  }

  #faint() {
    return this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : '';
  }

  /** @type {(text: string, x: number, y: number, paint: string) => void} */
  #text(text, x, y, paint) {
    const [, weight = '400', size, family] = /^(?:(\d+) )?([\d.]+)px (.*)$/.exec(this.font) ?? ['', '400', '10', this.font];
    const face = `font-family="${escaped(family)}" font-size="${size}" font-weight="${weight}" text-anchor="${ANCHORS[this.textAlign]}"`;
    this.#add(`<text x="${short(x)}" y="${short(y)}" ${face} ${paint}${this.#faint()}>${escaped(text)}</text>`);
  }
}

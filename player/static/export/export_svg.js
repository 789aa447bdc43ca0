/** Takes what is drawn on a canvas and writes it as an SVG: lines stay lines, text stays text. */

const WORDS = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text) => String(text).replaceAll(/[&<>"]/g, (letter) => WORDS[letter]);
const short = (value) => String(Math.round(value * 100) / 100);
const ROOM = 1.15;
const ANCHORS = { left: 'start', center: 'middle', right: 'end' };

/** Just as much of a canvas context as the painters use. */
export class Pen {
  strokeStyle = '#000';
  fillStyle = '#000';
  lineWidth = 1;
  lineJoin = 'miter';
  lineCap = 'butt';
  globalAlpha = 1;
  font = '10px sans-serif';
  textAlign = 'left';
  #dash = [];
  #path = '';
  #parts = [];
  #open = [];
  #clips = 0;
  #ruler = document.createElement('canvas').getContext('2d');

  beginPath() {
    this.#path = '';
  }

  moveTo(x, y) {
    this.#path += `M${short(x)} ${short(y)}`;
  }

  lineTo(x, y) {
    this.#path += `${this.#path ? 'L' : 'M'}${short(x)} ${short(y)}`;
  }

  closePath() {
    this.#path += 'Z';
  }

  rect(x, y, width, height) {
    this.#path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  }

  /** Whole circles and ellipses only; the painters draw no other. */
  arc(x, y, radius) {
    this.ellipse(x, y, radius, radius);
  }

  ellipse(x, y, wide, high) {
    const half = `A${short(wide)} ${short(high)} 0 1 1`;
    this.#path += `M${short(x + wide)} ${short(y)}${half} ${short(x - wide)} ${short(y)}${half} ${short(x + wide)} ${short(y)}Z`;
  }

  setLineDash(dash) {
    this.#dash = dash;
  }

  /** @param {{pieces: number[][]} | undefined} own pieces of line of their own, in place of the path */
  stroke(own = undefined) {
    const path = own ? own.pieces.map((ends) => `M${ends.map(short).join(' ')}`).join('') : this.#path;
    const dash = this.#dash.length ? ` stroke-dasharray="${this.#dash.join(' ')}"` : '';
    const line = `fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="${this.lineJoin}"`;
    if (path) this.#add(`<path d="${path}" ${line} stroke-linecap="${this.lineCap}"${dash}${this.#faint()}/>`);
  }

  fill() {
    if (this.#path) this.#add(`<path d="${this.#path}" fill="${this.fillStyle}"${this.#faint()}/>`);
  }

  fillRect(x, y, width, height) {
    this.#add(`<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${this.fillStyle}"/>`);
  }

  fillText(text, x, y) {
    this.#text(text, x, y, `fill="${this.fillStyle}"`);
  }

  /** The halo of a text that follows: nothing to read. */
  strokeText(text, x, y) {
    const halo = `fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="round"`;
    this.#text(text, x, y, `aria-hidden="true" ${halo}`);
  }

  /** With some room: where the file is opened, a wider font may stand in for ours. */
  measureText(text) {
    this.#ruler.font = this.font;
    return { width: this.#ruler.measureText(text).width * ROOM };
  }

  save() {
    this.#open.push(0);
  }

  restore() {
    this.#add('</g>'.repeat(this.#open.pop()));
  }

  translate(x, y) {
    this.#group(`<g transform="translate(${short(x)} ${short(y)})">`);
  }

  clip() {
    this.#clips += 1;
    this.#add(`<clipPath id="descent-clip${this.#clips}"><path d="${this.#path}"/></clipPath>`);
    this.#group(`<g clip-path="url(#descent-clip${this.#clips})">`);
  }

  /** @param {HTMLCanvasElement} canvas a picture of its own, as it is */
  drawImage(canvas, x, y, width, height) {
    this.#add(`<image x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" href="${canvas.toDataURL()}"/>`);
  }

  /** Put another SVG at the origin. */
  embed(svg) {
    this.#add(svg);
  }

  /** All that was drawn, as a file. */
  written(width, height, title) {
    const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img"><title>${escaped(title)}</title>${this.#parts.join('\n')}</svg>\n`;
  }

  #add(part) {
    this.#parts.push(part);
  }

  #group(start) {
    this.#add(start);
    this.#open[this.#open.length - 1] += 1;
  }

  #faint() {
    return this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : '';
  }

  #text(text, x, y, paint) {
    const [, weight = '400', size, family] = /^(?:(\d+) )?([\d.]+)px (.*)$/.exec(this.font);
    const face = `font-family="${escaped(family)}" font-size="${size}" font-weight="${weight}" text-anchor="${ANCHORS[this.textAlign]}"`;
    this.#add(`<text x="${short(x)}" y="${short(y)}" ${face} ${paint}${this.#faint()}>${escaped(text)}</text>`);
  }
}

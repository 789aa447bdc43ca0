/** Under the maps: which colour is which minimum, and how many of the starts lead there. */
import { ENDS } from './basins_data.js';
import { styleOf } from '../core/theme.js';

/** @import { BasinsHeader, BasinsStyles, Counts } from '../wire/messages.js' */
/** @import { Pair } from './basins_types.js' */
/** @typedef {{pair: Pair, styles: BasinsStyles}} BasinsView */
/** @typedef {{background: string, number?: number, ink?: string}} Swatch */

const NAMED = 8; // with more minima than that the local ones are counted together

/** @type {(table: HTMLTableElement, view: BasinsView) => void} */
export function showMinima(table, { pair, styles }) {
  const head = row(cell('th', 'Leads to'), ...pair.racers.map(({ name }) => cell('th', name)));
  const all = pair.resolution ** 2;
  /** @type {(label: string, style: Swatch, count: (counts: Counts) => number) => HTMLElement} */
  const line = (label, style, count) =>
    row(cell('th', label, swatch(style)), ...pair.racers.map(({ counts }) => cell('td', percent(count(counts), all))));
  const [named, together] = parted(pair.minima);
  const lines = named.map((index) =>
    line(pair.minima[index].label, { background: styles.tones[index % styles.tones.length], number: index + 1, ink: styles.number }, ({ reached }) => reached[index]),
  );
  if (together.length) {
    const tones = together.slice(0, 4).map((index) => styles.tones[index % styles.tones.length]);
    lines.push(line(`${together.length} others`, { background: stripes(tones) }, ({ reached }) => total(together, reached)));
  }
  lines.push(
    line('not settled', { background: styles.unsettled }, ({ unsettled }) => unsettled),
    line('diverged', { background: hatch(styles.hatch, styles.diverged) }, ({ diverged }) => diverged),
  );
  table.replaceChildren(head, ...lines);
}

/** @type {(table: HTMLTableElement, view: BasinsView) => void} */
export function showEnds(table, { pair, styles }) {
  const [a, b] = pair.racers;
  /** @type {Record<string, [string, string]>} */
  const words = {
    only_b: [`only ${b.name} reaches ${pair.goal}`, styleOf(b).colour],
    only_a: [`only ${a.name} reaches ${pair.goal}`, styleOf(a).colour],
    same: ['both reach the same minimum', styles.same],
    other: ['they end otherwise', hatch(styles.hatch, styles.other)],
  };
  const lines = ENDS.map((end) => {
    const [label, background] = words[end];
    return row(cell('th', label, swatch({ background })), cell('td', percent(pair.shares[end], pair.resolution ** 2)));
  });
  table.replaceChildren(...lines);
}

/**
 * The minima that have a line of their own, and those that share one.
 * @type {(minima: BasinsHeader['minima']) => [number[], number[]]}
 */
function parted(minima) {
  const indices = [...minima.keys()];
  if (minima.length <= NAMED) return [indices, []];
  const best = indices.filter((index) => minima[index].best).slice(0, NAMED);
  return [best, indices.filter((index) => !best.includes(index))];
}

/** @type {(indices: number[], counts: number[]) => number} */
const total = (indices, counts) => indices.reduce((sum, index) => sum + counts[index], 0);

/**
 * A share in whole percent; what is not all, or not nothing, does not read so.
 * @type {(part: number, all: number) => string}
 */
export function percent(part, all) {
  const rounded = Math.round((100 * part) / all);
  if (rounded === 0 && part) return '< 1 %';
  if (rounded === 100 && part < all) return '> 99 %';
  return `${rounded} %`;
}

/** @type {(line: string, paper: string) => string} */
const hatch = (line, paper) => `repeating-linear-gradient(135deg, ${line} 0 1px, ${paper} 1px 4px)`;

/** @type {(tones: string[]) => string} */
const stripes = (tones) =>
  `linear-gradient(to right, ${tones.map((tone, i) => `${tone} ${(100 * i) / tones.length}% ${(100 * (i + 1)) / tones.length}%`).join(', ')})`;

/** @type {(style: Swatch) => HTMLElement} */
function swatch({ background, number, ink = '' }) {
  const mark = document.createElement('b');
  Object.assign(mark.style, { background, color: ink });
  mark.textContent = String(number ?? '');
  return mark;
}

/** @type {(...cells: HTMLElement[]) => HTMLElement} */
function row(...cells) {
  const element = document.createElement('tr');
  element.append(...cells);
  return element;
}

/** @type {(tag: 'th' | 'td', text: string, mark?: HTMLElement | '') => HTMLElement} */
function cell(tag, text, mark = '') {
  const element = document.createElement(tag);
  element.append(mark, text);
  return element;
}

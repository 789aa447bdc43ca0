/** Unpacks the packet of `player/wire/race.py`. */
import { opened } from './packet.js';

/** @import { RaceHeader } from './messages.js' */
/** @import { Columns, Race } from '../core/types.js' */
/** @typedef {(value: number) => number} Undo what makes a packed number what it was */

const LEVELS = 65535;
/** @type {Undo} */
const power = (exponent) => 10 ** exponent;

/** @type {(packed: Uint8Array) => Promise<Race>} */
export async function decode(packed) {
  /** @type {{header: RaceHeader, numbers: Uint8Array}} */
  const { header, numbers: bytes } = await opened(packed);
  const numbers = new Uint16Array(bytes.buffer, bytes.byteOffset);
  let offset = 0;

  /**
   * One column: constant if its range is a point, else the next numbers.
   * @type {(range: [number, number], count: number, undo: Undo) => Float64Array}
   */
  const column = ([low, high], count, undo) => {
    const values = new Float64Array(count).fill(undo(low));
    if (high > low) {
      for (let i = 0, level = 0; i < count; i++) {
        level = (level + numbers[offset + i]) & LEVELS;
        values[i] = undo(low + ((high - low) * level) / LEVELS);
      }
      offset += count;
    }
    return values;
  };

  /** @type {Undo[]} */
  const [x, y] = header.frame.map(([centre, half]) => (value) => centre + half * Math.sinh(value));
  /** @type {Record<string, Undo>} */
  const undo = { x, y };
  const racers = header.racers.map(({ ranges, ...about }) => {
    const all = Object.entries(ranges).map(([name, range]) => [name, column(range, about.steps + 1, undo[name] ?? power)]);
    /** @type {Columns} */
    const columns = Object.fromEntries(all);
    return { ...about, ...columns };
  });
  return { ...header, racers, steps: Math.max(...racers.map((racer) => racer.steps)) };
}

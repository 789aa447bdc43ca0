/** Unpacks what `player/wire/race.py` packed. */
import { opened } from './packet.js';

const LEVELS = 65535;
const power = (exponent) => 10 ** exponent;

/**
 * @param {Uint8Array} packed
 * @returns {Promise<import('../core/types.js').Race>}
 */
export async function decode(packed) {
  const { header, numbers: bytes } = await opened(packed);
  const numbers = new Uint16Array(bytes.buffer, bytes.byteOffset);
  let offset = 0;

  /** One column: constant if its range is a point, else the next numbers. */
  const column = (range, count, undo) => {
    const [low, high] = range;
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

  const [x, y] = header.frame.map(([centre, half]) => (value) => centre + half * Math.sinh(value));
  const undo = { x, y };
  const racers = header.racers.map(({ ranges, ...about }) => {
    const count = about.steps + 1;
    return {
      ...about,
      ...Object.fromEntries(Object.entries(ranges).map(([name, range]) => [name, column(range, count, undo[name] ?? power)])),
    };
  });
  return { ...header, racers, steps: Math.max(...racers.map((racer) => racer.steps)) };
}

/** Unpacks what `player/wire/basins.py` packed, and says what a cell is. */
import { opened } from '../wire/packet.js';

export const [DIVERGED, UNSETTLED] = [255, 254];
export const ENDS = ['only_b', 'only_a', 'same', 'other'];

/**
 * @param {Uint8Array} packed
 * @returns {Promise<import('./basins_types.js').Pair>} without maps if they are still under way
 */
export async function unpackBasins(packed) {
  const { header, numbers } = await opened(packed);
  if (!header.resolution) return header;
  const size = header.resolution ** 2;
  const part = (place) => numbers.subarray(place * size, (place + 1) * size);
  const maps = [0, 1].map((racer) => ({ index: part(2 * racer), level: part(2 * racer + 1) }));
  return { ...header, maps, ends: differences(header, maps), shares: header.ends, steps: stepsOf(header.levels) };
}

/** How many steps each level stands for, as `levels` made them. */
function stepsOf([exact, maxSteps, last]) {
  const unit = Math.asinh(maxSteps / exact) / last;
  return Array.from({ length: last + 1 }, (_, level) => Math.round(exact * Math.sinh(level * unit)));
}

/** For each cell its class among ENDS. */
function differences({ minima }, [first, second]) {
  const best = new Uint8Array(256);
  minima.forEach((minimum, index) => (best[index] = minimum.best ? 1 : 0));
  return first.index.map((a, cell) => {
    const b = second.index[cell];
    if (best[a] !== best[b]) return best[b] ? 0 : 1;
    return a === b && a < UNSETTLED ? 2 : 3;
  });
}

/** The cell in which a point lies, or −1 outside the map. */
export function cellAt({ domain, resolution }, point) {
  const [column, row] = domain.map(([low, high], axis) => Math.round(((point[axis] - low) / (high - low)) * (resolution - 1)));
  const inside = [column, row].every((place) => place >= 0 && place < resolution);
  return inside ? row * resolution + column : -1;
}

/** Where a racer's start in a cell leads, in words. */
export function describeEnd({ maps, minima, racers, steps, levels }, racer, cell) {
  const index = maps[racer].index[cell];
  if (index === DIVERGED) return 'diverges';
  if (index === UNSETTLED) return 'has not settled';
  if (racers[racer].noisy) return `→ around the ${minima[index].label}`; // it never rests
  const count = steps[maps[racer].level[cell]];
  return `→ ${minima[index].label} in ${count > levels[0] ? 'about ' : ''}${count} ${count === 1 ? 'step' : 'steps'}`;
}

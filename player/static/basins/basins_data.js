/** Unpacks the packet of `player/wire/basins.py`, and describes cells in words. */
import { opened } from '../wire/packet.js';

export const [DIVERGED, UNSETTLED] = [255, 254];
/** @import { BasinsHeader, Waiting } from '../wire/messages.js' */
/** @import { BasinsMap, Pair, PairMessage } from './basins_types.js' */

/** @type {['only_b', 'only_a', 'same', 'other']} */
export const ENDS = ['only_b', 'only_a', 'same', 'other'];

/**
 * Both maps; or the finished part, if they are still being computed.
 * @type {(packed: Uint8Array) => Promise<PairMessage>}
 */
export async function unpackBasins(packed) {
  /** @type {{header: BasinsHeader | Waiting, numbers: Uint8Array}} */
  const { header, numbers } = await opened(packed);
  if (!('resolution' in header)) return { stamp: header.stamp, pair: null, working: header.working };
  const size = header.resolution ** 2;
  /** @type {(place: number) => Uint8Array} */
  const part = (place) => numbers.subarray(place * size, (place + 1) * size);
  /** @type {[BasinsMap, BasinsMap]} */
  const maps = [{ index: part(0), level: part(1) }, { index: part(2), level: part(3) }];
  const decoded = { maps, ends: differences(header, maps), shares: header.ends, steps: stepsOf(header.levels) };
  return { stamp: header.stamp, pair: { ...header, ...decoded } };
}

/**
 * The number of steps of each level: the inverse of `levels` in `player/wire/basins.py`.
 * @type {(levels: [number, number, number]) => number[]}
 */
function stepsOf([exact, maxSteps, last]) {
  const unit = Math.asinh(maxSteps / exact) / last;
  return Array.from({ length: last + 1 }, (_, level) => Math.round(exact * Math.sinh(level * unit)));
}

/**
 * For each cell its class among ENDS.
 * @type {(header: BasinsHeader, maps: [BasinsMap, BasinsMap]) => Uint8Array}
 */
function differences({ minima }, [first, second]) {
  const best = new Uint8Array(256);
  minima.forEach((minimum, index) => (best[index] = minimum.best ? 1 : 0));
  return first.index.map((a, cell) => {
    const b = second.index[cell];
    if (best[a] !== best[b]) return best[b] ? 0 : 1;
    return a === b && a < UNSETTLED ? 2 : 3;
  });
}

/**
 * The cell in which a point lies, or −1 outside the map.
 * @type {(pair: Pick<Pair, 'domain' | 'resolution'>, point: number[]) => number}
 */
export function cellAt({ domain, resolution }, point) {
  const [column, row] = domain.map(([low, high], axis) => Math.round(((point[axis] - low) / (high - low)) * (resolution - 1)));
  const inside = [column, row].every((place) => place >= 0 && place < resolution);
  return inside ? row * resolution + column : -1;
}

/**
 * Where a racer's start in a cell leads, in words.
 * @type {(pair: Pair, racer: number, cell: number) => string}
 */
export function describeEnd({ maps, minima, racers, steps, levels }, racer, cell) {
  const index = maps[racer].index[cell];
  if (index === DIVERGED) return 'diverges';
  if (index === UNSETTLED) return 'has not settled';
  if (racers[racer].noisy) return `→ around the ${minima[index].label}`; // it never rests
  const count = steps[maps[racer].level[cell]];
  return `→ ${minima[index].label} in ${count > levels[0] ? 'about ' : ''}${count} ${count === 1 ? 'step' : 'steps'}`;
}

/** Unpacks what `player/wire/tuning.py` packed, and says what a cell is. */
import { formatNumber } from '../core/numbers.js';
import { opened } from '../wire/packet.js';

export const [DIVERGED, STUCK, NOT_YET] = [255, 254, 253];
export const HIGHEST = 250;

/** The regions in words. */
export const REGIONS = { [DIVERGED]: 'diverges', [STUCK]: 'stuck elsewhere', [NOT_YET]: 'not there yet' };

/**
 * @param {Uint8Array} packed
 * @returns {Promise<import('./tuning_types.js').Plane>} without cells if it is still under way
 */
export async function unpackPlane(packed) {
  const { header, numbers } = await opened(packed);
  if (!header.rows) return header;
  const count = header.rows * header.columns;
  let at = 0;
  const part = (Kind) => {
    const cells = new Kind(numbers.slice(at, at + count * Kind.BYTES_PER_ELEMENT).buffer);
    at += count * Kind.BYTES_PER_ELEMENT;
    return cells;
  };
  const [level, region, regime] = [part(Uint8Array), part(Uint8Array), part(Uint8Array)];
  return { ...header, level, region, regime, arrived: part(Int16Array), loss: part(Float32Array) };
}

/** A setting and its value: "η 0.04". */
export const formatSetting = ({ symbol, label }, value) => `${symbol || label.toLowerCase()} ${formatNumber(value, 3)}`;

/** What becomes of the descent in a cell, in words. */
export function cellOutcome(plane, cell) {
  const regime = plane.regimes[plane.regime[cell]];
  const region = plane.region[cell];
  if (region === DIVERGED) return 'diverges';
  const height = plane.known && plane.loss[cell] > 0 ? `${formatNumber(plane.loss[cell], 2)} above the lowest loss` : '';
  const arrived = plane.arrived[cell];
  const where = region ? REGIONS[region] : `there ${arrived === 0 ? 'from the start' : `after ${arrived} step${arrived === 1 ? '' : 's'}`}`;
  return [where, regime, height].filter(Boolean).join(' · ');
}

/** Unpacks the packet of `player/wire/tuning.py`, and describes cells in words. */
import { formatNumber } from '../core/numbers.js';
import { opened } from '../wire/packet.js';

/** @import { Axis, PlaneHeader, Waiting } from '../wire/messages.js' */
/** @import { Plane, PlaneMessage } from './tuning_types.js' */

export const [DIVERGED, STUCK, NOT_YET] = [255, 254, 253];
export const HIGHEST = 250;

/**
 * The regions in words.
 * @type {Record<number, string>}
 */
export const REGIONS = { [DIVERGED]: 'diverges', [STUCK]: 'stuck elsewhere', [NOT_YET]: 'not there yet' };

/**
 * The map; or the finished part, if it is still being computed.
 * @type {(packed: Uint8Array) => Promise<PlaneMessage>}
 */
export async function unpackPlane(packed) {
  /** @type {{header: PlaneHeader | Waiting, numbers: Uint8Array}} */
  const { header, numbers } = await opened(packed);
  if (!('rows' in header)) return { stamp: header.stamp, plane: null, working: header.working };
  const count = header.rows * header.columns;
  let at = 0;
  /** @type {(width: number) => ArrayBuffer} */
  const next = (width) => {
    at += count * width;
    return new Uint8Array(numbers.subarray(at - count * width, at)).buffer;
  };
  const [level, region, regime] = [new Uint8Array(next(1)), new Uint8Array(next(1)), new Uint8Array(next(1))];
  const [arrived, loss] = [new Int16Array(next(2)), new Float32Array(next(4))];
  return { stamp: header.stamp, plane: { ...header, level, region, regime, arrived, loss } };
}

/**
 * A setting and its value: "η 0.04".
 * @type {(axis: Pick<Axis, 'symbol' | 'label'>, value: number) => string}
 */
export const formatSetting = ({ symbol, label }, value) => `${symbol || label.toLowerCase()} ${formatNumber(value, 3)}`;

/**
 * What becomes of the descent in a cell, in words.
 * @type {(plane: Plane, cell: number) => string}
 */
export function cellOutcome(plane, cell) {
  const regime = plane.regimes[plane.regime[cell]];
  const region = plane.region[cell];
  if (region === DIVERGED) return 'diverges';
  const height = plane.known && plane.loss[cell] > 0 ? `${formatNumber(plane.loss[cell], 2)} above the lowest loss` : '';
  const arrived = plane.arrived[cell];
  const where = region ? REGIONS[region] : `there ${arrived === 0 ? 'from the start' : `after ${arrived} step${arrived === 1 ? '' : 's'}`}`;
  return [where, regime, height].filter(Boolean).join(' · ');
}

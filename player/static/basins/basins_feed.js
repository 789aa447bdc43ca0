/** Receives coarse maps of basins while a slider moves. It shows nothing. */
import { unpackBasins } from './basins_data.js';
import { forget, receiveCoarse } from './basins_store.js';
import { inbox } from '../wire/packet.js';

const packets = inbox(unpackBasins, receiveCoarse);

/** @param {import('../core/types.js').Mount<Uint8Array>} mount */
export function mountBasinsFeed({ data }) {
  packets.put(data);
  return () => {
    packets.forget();
    forget();
  };
}

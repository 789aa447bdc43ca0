/** Receives the tuning map of the present settings together with the race. It shows nothing. */
import { inbox } from '../wire/packet.js';
import { unpackPlane } from './tuning_data.js';
import { receiveLive } from './tuning_store.js';

const packets = inbox(unpackPlane, receiveLive);

/** @param {import('../core/types.js').Mount<Uint8Array>} mount */
export function mountTuningFeed({ data }) {
  packets.put(data);
  return () => {
    packets.forget();
  };
}

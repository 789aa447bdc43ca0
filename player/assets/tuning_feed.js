/** Brings the tuning map of the present settings along with the race; shows nothing. */
import { takeLive, unpacker } from './tuning_store.js';

let unpack = unpacker(takeLive);

/** @param {import('./types.js').Mount} component */
export function mountTuningFeed({ data }) {
  unpack(data);
  return () => {
    unpack = unpacker(takeLive);
  };
}

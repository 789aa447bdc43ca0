/** Brings coarse maps of basins while a slider moves; shows nothing. */
import { forget, takeCoarse, unpacker } from './basins_store.js';

let unpack = unpacker(takeCoarse);

/** @param {import('./types.js').Mount} component */
export function mountBasinsFeed({ data }) {
  unpack(data);
  return () => {
    unpack = unpacker(takeCoarse);
    forget();
  };
}

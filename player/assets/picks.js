/** Which rows each step looks at: the epochs' orders come from the server once, the batches are cut from them here. */
import { inflated } from './inflate.js';
import { emit, state } from './store.js';

let last = null;

/** @param {import('./types.js').Mount} component */
export function mountPicks({ data }) {
  if (data && data !== last) {
    last = data;
    take(data);
  }
  return () => {
    last = null;
    state.orders = null;
  };
}

/** Unpacking takes a moment, in which newer orders may have come. */
async function take(packed) {
  const orders = await unpacked(packed);
  if (packed !== last) return;
  state.orders = orders;
  emit('orders');
}

/**
 * What `pack_orders` packed.
 * @param {Uint8Array} packed
 * @returns {Promise<import('./types.js').Orders>}
 */
export async function unpacked(packed) {
  const bytes = await inflated(packed);
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  return { ...header, order: new Uint16Array(bytes.buffer, 4 + length) };
}

/**
 * The rows that a racer's step looks at.
 * @param {import('./types.js').Racer} racer
 * @param {number} step whole; the step that leaves position `step`
 * @returns {Uint16Array | null | undefined} null for all of them, undefined if it is not known
 */
export function batchAt({ size, samples }, step) {
  if (!(size < samples)) return null;
  if (state.orders?.samples !== samples) return undefined;
  const { epoch, batch } = placeOf({ size, samples }, step);
  if (epoch >= state.orders.epochs) return undefined;
  const first = epoch * samples + batch * size;
  return state.orders.order.subarray(first, Math.min(first + size, (epoch + 1) * samples));
}

/** In which epoch a step lies, which of its batches it is, and of how many; counted from 0. */
export function placeOf({ size, samples }, step) {
  const batches = Math.ceil(samples / size);
  return { epoch: Math.floor(step / batches), batch: step % batches, batches };
}

/** Which rows each step looks at: the epochs' orders come from the server once, the batches are cut from them here. */
import { inbox, opened } from '../wire/packet.js';
import { emit, state } from '../core/store.js';

const packets = inbox(unpacked, (orders) => {
  state.orders = orders;
  emit('orders');
});

/** @param {import('../core/types.js').Mount} component */
export function mountBatchRows({ data }) {
  packets.put(data);
  return () => {
    packets.forget();
    state.orders = null;
  };
}

/**
 * What `pack_orders` packed.
 * @param {Uint8Array} packed
 * @returns {Promise<import('../core/types.js').Orders>}
 */
export async function unpacked(packed) {
  const { header, numbers } = await opened(packed);
  return { ...header, order: new Uint16Array(numbers.buffer, numbers.byteOffset) };
}

/**
 * The rows that a racer's step looks at.
 * @param {import('../core/types.js').Racer} racer
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

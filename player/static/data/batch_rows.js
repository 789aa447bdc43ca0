/** The rows of each step. The server sends the order of each epoch once; the batches are cut from it here. */
import { setOrders, state } from '../core/store.js';
import { inbox, opened } from '../wire/packet.js';

/** @import { OrdersHeader } from '../wire/messages.js' */
/** @import { Mount, Orders } from '../core/types.js' */
/** @typedef {{size: number, samples: number}} Batches */

const packets = inbox(unpacked, setOrders);

/** @param {Mount<Uint8Array>} component */
export function mountBatchRows({ data }) {
  packets.put(data);
  return () => {
    packets.forget();
    setOrders(null);
  };
}

/**
 * Unpacks the packet of `pack_orders`.
 * @type {(packed: Uint8Array) => Promise<Orders>}
 */
export async function unpacked(packed) {
  /** @type {{header: OrdersHeader, numbers: Uint8Array}} */
  const { header, numbers } = await opened(packed);
  return { ...header, order: new Uint16Array(numbers.buffer, numbers.byteOffset) };
}

/**
 * The rows that a racer's step looks at: null for all of them, undefined if it is not known. The step is whole, the one
 * that leaves position `step`.
 * @type {(racer: Batches, step: number, orders?: Orders | null) => Uint16Array | null | undefined}
 */
export function batchAt({ size, samples }, step, orders = state.orders) {
  if (!(size < samples)) return null;
  if (orders?.samples !== samples) return undefined;
  const { epoch, batch } = placeOf({ size, samples }, step);
  if (epoch >= orders.epochs) return undefined;
  const first = epoch * samples + batch * size;
  return orders.order.subarray(first, Math.min(first + size, (epoch + 1) * samples));
}

/**
 * The epoch of a step, the number of its batch in the epoch, both from 0, and the number of batches.
 * @type {(racer: Batches, step: number) => {epoch: number, batch: number, batches: number}}
 */
export function placeOf({ size, samples }, step) {
  const batches = Math.ceil(samples / size);
  return { epoch: Math.floor(step / batches), batch: step % batches, batches };
}

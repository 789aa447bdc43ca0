/** Opens what `player/wire/packet.py` packed. */

/**
 * @param {Uint8Array} packed
 * @returns {Promise<{header: any, numbers: Uint8Array}>} the numbers' bytes, aligned to four
 */
export async function opened(packed) {
  const bytes = await inflated(packed);
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  return { header, numbers: bytes.subarray(4 + length) };
}

/**
 * Undoes zlib.
 * @param {Uint8Array} packed
 * @returns {Promise<Uint8Array>}
 */
export async function inflated(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Opening takes a moment, in which newer packets may have come: each is taken once, in order, or not if overtaken.
 * @template T
 * @param {(packed: Uint8Array) => Promise<T>} open
 * @param {(message: T) => void} deliver
 */
export function inbox(open, deliver) {
  let last = null;
  const put = async (packed) => {
    if (!packed?.length || packed === last) return;
    last = packed;
    const message = await open(packed);
    if (packed === last) deliver(message);
  };
  const forget = () => {
    last = null;
  };
  return { put, forget };
}

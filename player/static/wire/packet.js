/** Opens the packets of `player/wire/packet.py`. */

/**
 * The header, and the numbers' bytes, aligned to four.
 * @template [Header=unknown]
 * @param {Uint8Array} packed
 * @returns {Promise<{header: Header, numbers: Uint8Array}>}
 */
export async function opened(packed) {
  const bytes = await inflated(packed);
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  return { header, numbers: bytes.subarray(4 + length) };
}

/**
 * Undoes zlib.
 * @type {(packed: Uint8Array) => Promise<Uint8Array>}
 */
export async function inflated(packed) {
  const stream = new Blob([new Uint8Array(packed)]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Opening takes a moment, in which newer packets may have come: each is delivered once, in order, or not if overtaken.
 * @template T
 * @param {(packed: Uint8Array) => Promise<T>} open
 * @param {(message: T) => void} deliver
 */
export function inbox(open, deliver) {
  /** @type {Uint8Array | null} */
  let last = null;
  /** @type {(packed: Uint8Array | null) => Promise<void>} */
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

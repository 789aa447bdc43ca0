/** Unpacks what `player/packing.py` packed. */

const LEVELS = 65535;
const power = (exponent) => 10 ** exponent;

/**
 * @param {Uint8Array} packed
 * @returns {Promise<import('./types.js').Race>}
 */
export async function decode(packed) {
  const bytes = await inflated(packed);
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const numbers = new Uint16Array(bytes.buffer, 4 + length);
  let offset = 0;

  /** One column: constant if its range is a point, else the next numbers. */
  const column = (range, count, undo) => {
    const [low, high] = range;
    const values = new Float64Array(count).fill(undo(low));
    if (high > low) {
      for (let i = 0, level = 0; i < count; i++) {
        level = (level + numbers[offset + i]) & LEVELS;
        values[i] = undo(low + ((high - low) * level) / LEVELS);
      }
      offset += count;
    }
    return values;
  };

  const [[xCentre, xHalf], [yCentre, yHalf]] = header.frame;
  const racers = header.racers.map(({ ranges, ...about }) => {
    const count = about.steps + 1;
    return {
      ...about,
      x: column(ranges.x, count, (value) => xCentre + xHalf * Math.sinh(value)),
      y: column(ranges.y, count, (value) => yCentre + yHalf * Math.sinh(value)),
      height: column(ranges.height, count, power),
      gradient: column(ranges.gradient, count, power),
      rate: column(ranges.rate, count, power),
      sharpness: ranges.sharpness ? column(ranges.sharpness, count, power) : null,
    };
  });
  return { ...header, racers, steps: Math.max(...racers.map((racer) => racer.steps)) };
}

async function inflated(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

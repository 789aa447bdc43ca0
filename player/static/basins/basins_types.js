/**
 * @typedef {object} Pair two racers' maps of basins
 * @property {string} stamp which settings they belong to
 * @property {number | null | undefined} working how much of them is done, if there are no maps yet
 * @property {boolean} fine
 * @property {number} resolution
 * @property {[[number, number], [number, number]]} domain
 * @property {[number, number]} pace steps that count as fast and as slow
 * @property {[number, number, number]} levels up to how many steps they are exact, the most steps, the last level
 * @property {number[]} steps what each level stands for
 * @property {{xy: [number, number], label: string, best: boolean}[]} minima
 * @property {{name: string, style: string, variant: number, noisy: boolean,
 *   counts: {reached: number[], unsettled: number, diverged: number}}[]} racers
 * @property {{index: Uint8Array, level: Uint8Array}[]} maps of both racers, the row of the lowest y first
 * @property {Uint8Array} ends for each cell its class among ENDS
 * @property {Record<string, number>} shares how many cells are of each class
 * @property {Record<'light' | 'dark', Styles>} colours
 * @property {string} sentence
 * @property {string} goal what the best minima are called
 */

/**
 * @typedef {object} Styles colours of a theme
 * @property {string[]} tones
 * @property {number} slowest how much paper is mixed into the tone of the slowest
 * @property {string} paper
 * @property {string} number ink that reads on every tone
 * @property {string} diverged
 * @property {string} unsettled
 * @property {string} hatch
 * @property {string} same
 * @property {string} other
 */
export {};

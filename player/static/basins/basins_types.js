/** Types of maps of basins as they are decoded; what is sent is in `wire/messages.js`. */

/** @import { BasinsHeader, EndCounts, Waiting } from '../wire/messages.js' */

/**
 * @typedef {object} Maps
 * @property {[BasinsMap, BasinsMap]} maps of both racers, the row of the lowest y first
 * @property {number[]} steps what each level stands for
 * @property {Uint8Array} ends for each cell its class among ENDS
 * @property {EndCounts} shares how many cells are of each class
 */

/** @typedef {{index: Uint8Array, level: Uint8Array}} BasinsMap for each cell its minimum, and how fast it is reached */

/** @typedef {Omit<BasinsHeader, 'ends'> & Maps} Pair two racers' maps */

/** @typedef {{stamp: string, pair: Pair} | {stamp: string, pair: null, working: Waiting['working']}} PairMessage */
export {};

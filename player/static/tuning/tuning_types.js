/**
 * @typedef {object} Plane the tuning map: a cell for each pair of two settings, the row of the lowest y first
 * @property {string} stamp which settings it belongs to
 * @property {number | null | undefined} working how much of it is done, if it is not there yet
 * @property {number} rows
 * @property {number} columns
 * @property {[Axis, Axis]} axes
 * @property {'steps' | 'loss' | 'minimum'} measure what the colours say
 * @property {number} steps of each descent
 * @property {number} tolerance the part of the way down that may be left
 * @property {boolean} known whether there is a known minimum to get to
 * @property {[number, number] | null} scale what its best and its worst level stand for
 * @property {string[]} minima their labels
 * @property {string[]} regimes
 * @property {{cell: [number, number], place: [number, number]} | null} best row and column, and the values there
 * @property {Theory | null} theory
 * @property {Record<'light' | 'dark', Styles>} colours
 * @property {Uint8Array} level for each cell, or its region
 * @property {Uint8Array} region 0 where it is there
 * @property {Uint8Array} regime
 * @property {Int16Array} arrived the step from which on it is there, −1 if never
 * @property {Float32Array} loss above the lowest
 */

/**
 * @typedef {object} Axis
 * @property {string} name
 * @property {string} label
 * @property {string} symbol
 * @property {boolean} log
 * @property {boolean} whole whole numbers only
 * @property {number[]} values of the cells
 * @property {number} low the slider's end
 * @property {number} high
 */

/**
 * @typedef {object} Theory
 * @property {[number, number][]} edge where it turns unstable
 * @property {string} formula of the edge
 * @property {[number, number]} best
 */

/**
 * @typedef {object} Styles colours of a theme
 * @property {string[]} scale from good to bad
 * @property {string[]} minima
 * @property {string} paper
 * @property {string} neutral
 * @property {string} diverged the lines over paper
 * @property {string} stuck the dots over neutral
 * @property {string} not_yet the lines over neutral
 */
export {};

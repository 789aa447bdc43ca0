/** Types of the tuning map as it is decoded; what is sent is in `wire/messages.js`. */

/** @import { PlaneHeader, Waiting } from '../wire/messages.js' */

/**
 * @typedef {object} Cells for each cell, the row of the lowest y first
 * @property {Uint8Array} level on the scale, or its region
 * @property {Uint8Array} region 0 where it is there
 * @property {Uint8Array} regime
 * @property {Int16Array} arrived the step from which on it is there, −1 if never
 * @property {Float32Array} loss above the lowest
 */

/** @typedef {PlaneHeader & Cells} Plane */

/** @typedef {{stamp: string, plane: Plane} | {stamp: string, plane: null, working: Waiting['working']}} PlaneMessage */
export {};

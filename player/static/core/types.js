/** Types of what is decoded or worked out in the browser; what is sent, as it is sent, is in `wire/messages.js`. */

/** @import { AnatomyPayload, DataPayload, LandscapePayload, Loss, OrdersHeader, RaceHeader, RacerHeader } from '../wire/messages.js' */

/**
 * @template [Data=unknown]
 * @typedef {object} Mount what Streamlit hands to a component
 * @property {string} name
 * @property {HTMLElement} parentElement
 * @property {Data} data
 * @property {(name: string, value: unknown) => void} setStateValue
 * @property {(name: string, value: unknown) => void} setTriggerValue
 */

/**
 * Two coordinates, or two pixels.
 * @typedef {[number, number]} Point
 */

/**
 * @typedef {object} Columns one racer's arrays, all of length steps + 1
 * @property {Float64Array} x
 * @property {Float64Array} y
 * @property {Float64Array} height loss above the race's floor
 * @property {Float64Array} gradient gradient norm
 * @property {Float64Array} rate learning rate
 * @property {Float64Array} [validation] loss on the rows held out
 * @property {Float64Array} [training] loss on the others
 * @property {Float64Array} [sharpness] largest curvature, where a limit depends on it
 * @property {Float64Array} [effective_x] what each coordinate of the gradient is multiplied by
 * @property {Float64Array} [effective_y]
 * @property {Float64Array} [kinetic] energy of the velocity
 */

/** @typedef {Omit<RacerHeader, 'ranges'> & Columns} Racer */

/** @typedef {Omit<RaceHeader, 'racers' | 'frame'> & {racers: Racer[], steps: number}} Race `steps` is the longest run */

/** @typedef {{racer: number, step: number}} Hover whose path or curve is pointed at, and where */

/**
 * @typedef {object} Sample rows of a table: a prediction is a1·p1 + a2·p2
 * @property {ArrayLike<number>} a1
 * @property {ArrayLike<number>} a2
 * @property {ArrayLike<number>} targets
 */

/** @typedef {Sample & {x: Float64Array, y: Float64Array}} HeldOut rows held out, with what is drawn of them */

/** @typedef {HeldOut & Pick<DataPayload, 'kind' | 'groups' | 'names' | 'parameters'> & {heldOut: HeldOut | null}} Data the table behind the landscape */

/** @typedef {OrdersHeader & {order: Uint16Array}} Orders one epoch after the other */

/** @typedef {Pick<Loss, 'name'> & Partial<Loss>} LossOfSample only Huber's needs a delta */

/**
 * @typedef {object} Polyline a run in pixels
 * @property {number[]} at its steps
 * @property {number[]} x
 * @property {number[]} y
 */

/** @typedef {Path2D & {pieces: number[][]}} Pieces pieces of line, which remember how they would be written in an SVG */

/**
 * What the race is painted on: a canvas, or what writes an SVG.
 * @typedef {Pick<CanvasRenderingContext2D, 'fillStyle' | 'strokeStyle' | 'lineWidth' | 'lineJoin' | 'lineCap' | 'globalAlpha'
 *   | 'font' | 'textAlign' | 'beginPath' | 'moveTo' | 'lineTo' | 'closePath' | 'rect' | 'arc' | 'setLineDash' | 'fillRect'
 *   | 'fillText' | 'strokeText' | 'save' | 'restore' | 'translate'> & {
 *   ellipse(x: number, y: number, wide: number, high: number, rotation: number, from: number, to: number): void,
 *   stroke(pieces?: Pieces): void, fill(): void, clip(): void, measureText(text: string): {width: number},
 *   drawImage(image: HTMLCanvasElement, x: number, y: number, width: number, height: number): void}} Context
 */

/**
 * @typedef {object} PaintCache what one painting of the race leaves to the next
 * @property {Polyline[] | null} lines
 * @property {Map<string, number>} places
 */

/** @typedef {{canvas: HTMLCanvasElement, width: number, height: number}} Picture */

/** @typedef {AnatomyPayload & Required<Pick<AnatomyPayload, 'asked' | 'racer' | 'position' | 'gradient' | 'step'>>} Anatomy */

/** @typedef {'step' | 'epoch' | 'gradient'} Cost what a chart is drawn over */

/**
 * @typedef {object} State
 * @property {LandscapePayload | null} landscape
 * @property {Race | null} race
 * @property {number} playhead
 * @property {boolean} playing
 * @property {number} speed
 * @property {boolean} loop
 * @property {Hover | null} hover
 * @property {Point | null} start the hand's newest, while it moves
 * @property {Point | null} place on the tuning map, the hand's newest
 * @property {(() => Picture | null) | null} beside a picture that belongs beside the map in an export
 * @property {Cost} cost what the loss is drawn over
 * @property {boolean} dragged whether a hand has ever moved the start
 * @property {boolean} offline no server to run the race again
 * @property {boolean} field whether the gradient field is drawn
 * @property {boolean} inspecting whether the anatomy is open
 * @property {boolean} following whether the page asks for the update under a playhead that rests
 * @property {Anatomy | null} anatomy
 * @property {number} chosen the racer that is looked at closely
 * @property {boolean} batchSurface whether the batch's own surface is drawn
 * @property {Data | null} data
 * @property {Orders | null} orders
 */

export {};

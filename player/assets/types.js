/**
 * @typedef {object} Mount what Streamlit hands to a component
 * @property {string} name
 * @property {HTMLElement} parentElement
 * @property {any} data
 * @property {(name: string, value: any) => void} setStateValue
 * @property {(name: string, value: any) => void} setTriggerValue
 */

/**
 * @typedef {object} Racer one runner's arrays, all of length steps + 1
 * @property {string} name
 * @property {string} method
 * @property {number} twin how many racers before it use the same method
 * @property {number} steps
 * @property {Float64Array} x
 * @property {Float64Array} y
 * @property {Float64Array} height loss above the race's floor
 * @property {Float64Array} gradient gradient norm
 * @property {Float64Array} rate learning rate
 * @property {Float64Array | null} sharpness largest curvature, where a limit depends on it
 * @property {number | null} edge what learning rate times sharpness may not pass
 * @property {{kind: string, sentence: string, ends: string, loss: number, distance: number | null,
 *   arrived: number | null, evaluations: number}} result
 */

/**
 * @typedef {object} Race
 * @property {Racer[]} racers
 * @property {number} steps the longest run
 * @property {[number, number]} start
 * @property {number} floor
 * @property {string} query
 * @property {number | null} playhead
 * @property {[string, string]} sentence
 */

/**
 * @typedef {object} Stage the landscape, as sent once
 * @property {string} id its slug
 * @property {string} figure Plotly JSON
 * @property {[[number, number], [number, number]]} domain
 * @property {number} low
 * @property {number} scale
 * @property {{xy: [number, number], label: string, kind: string}[]} points
 * @property {any} palette
 */
/**
 * @typedef {object} Anatomy one update's vectors, [x, y] each
 * @property {number} asked the step under the playhead when it was asked for
 * @property {number} racer
 * @property {[number, number]} position
 * @property {[number, number]} gradient
 * @property {[number, number]} step
 * @property {[number, number] | null} velocity the part carried over
 * @property {[number, number] | null} push the part that this gradient adds
 * @property {[number, number] | null} divisor
 */
export {};

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
 * @property {string} style the name of its colour and dash
 * @property {number} variant how many racers before it have the same style
 * @property {number} size samples that a step looks at
 * @property {number} samples how many there are
 * @property {[number, string][]} marks steps that are named in the picture
 * @property {number} steps
 * @property {Float64Array} x
 * @property {Float64Array} y
 * @property {Float64Array} height loss above the race's floor
 * @property {Float64Array} gradient gradient norm
 * @property {Float64Array} rate learning rate
 * @property {Float64Array | undefined} validation loss on the rows held out
 * @property {Float64Array | undefined} training loss on the others
 * @property {Float64Array | undefined} sharpness largest curvature, where a limit depends on it
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
 * @property {string | undefined} fixed the name of a race that no hand changes
 * @property {number | null} playhead
 * @property {[string, string]} sentence
 * @property {{place: [number, number], regime: string, steps: number | null} | undefined} tuned
 */

/**
 * @typedef {object} Stage the landscape, as sent once
 * @property {string} id its slug
 * @property {string} title
 * @property {string} figure Plotly JSON
 * @property {[[number, number], [number, number]]} domain
 * @property {number} low
 * @property {number} scale
 * @property {{xy: [number, number], label: string, kind: string}[]} points
 * @property {any} palette
 * @property {[string, string]} axes what the two parameters are called
 * @property {Loss | null} loss of one sample, where the landscape is the mean of it
 */

/**
 * @typedef {object} Loss
 * @property {'mse' | 'mae' | 'huber' | 'cross_entropy'} name
 * @property {number} delta Huber's
 */

/**
 * @typedef {object} Sample rows of a table: a prediction is a1·p1 + a2·p2
 * @property {Float64Array} a1
 * @property {Float64Array} a2
 * @property {Float64Array} targets
 */

/**
 * @typedef {object} Data the table behind the landscape, a Sample of all its rows with what is drawn of them
 * @property {'line' | 'rare' | 'classes'} kind
 * @property {Float64Array} x across
 * @property {Float64Array} y up
 * @property {Float64Array} a1
 * @property {Float64Array} a2
 * @property {Float64Array} targets
 * @property {number[] | null} groups 0 or 1 for each row: the rare feature, the class
 * @property {{x: string, y: string, groups: [string, string] | null}} names
 * @property {[string, string]} parameters
 * @property {Data | null} held the rows held out: x, y, a1, a2 and targets
 */

/**
 * @typedef {object} Orders in which order each epoch goes through the rows
 * @property {number} samples
 * @property {number} epochs
 * @property {Uint16Array} order one epoch after the other
 */

/**
 * @typedef {object} PaintCache what one painting of the race leaves to the next
 * @property {{at: number[], x: number[], y: number[]}[] | null} lines
 * @property {Map<string, number>} places
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

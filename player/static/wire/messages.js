/** What the server sends, made of `player/wire/messages.py` by `python -m player.wire.typedefs`. */

/**
 * @typedef {object} Crosshair Where the settings are on the tuning map.
 * @property {[number, number]} place
 * @property {string} regime how the path gets down, in words
 * @property {number | null} steps since when it is there
 */

/**
 * @typedef {object} Energy What the energy chart marks on a path.
 * @property {[number, number | null][]} barriers from a step on, the height of the lowest way out; null where there is none
 * @property {number[]} passes
 * @property {number[]} turns
 * @property {number | null} trapped the step from which on it can never get out again
 * @property {string} summary
 */

/**
 * @typedef {object} Outcome How a racer ended, and what it cost.
 * @property {string} kind
 * @property {string} sentence
 * @property {number} loss
 * @property {number | null} distance from the nearest minimum
 * @property {number | null} arrived the step from which on it stays near that minimum
 * @property {number} evaluations sample gradients
 */

/**
 * @typedef {object} RacerHeader One racer in the header of a race.
 * @property {[number, string][]} [marks] steps that are named in the picture
 * @property {Energy} [energy]
 * @property {[number, number][]} [handles] step and rate of each handle of its schedule
 * @property {string[]} [handle_words] what each of them changes
 * @property {[number, number, number]} [noise_ball] x, y and radius of the ball in which it hovers
 * @property {number} [level] the mean loss there
 * @property {string} [code] its optimizer as it would be typed
 * @property {string} name
 * @property {string} style the name of its colour and dash
 * @property {number} variant how many racers before it have the same
 * @property {number} size samples that a step looks at
 * @property {number} samples how many there are
 * @property {number | null} stability_threshold what learning rate times sharpness may not pass
 * @property {Outcome} result
 * @property {number} steps
 * @property {Record<string, [number, number]>} ranges the range of each column of steps + 1 numbers, in the order in which they are packed
 */

/**
 * @typedef {object} RaceHeader The header of a race.
 * @property {Crosshair} [tuned]
 * @property {string} [fixed] the name of a race that no hand changes
 * @property {[number, number]} start
 * @property {number | null} playhead where a link opens it, paused
 * @property {string} stamp
 * @property {string} query what the address bar shows
 * @property {[string, string]} sentence the lead and the rest
 * @property {[number, number][]} frame centre and half width of each coordinate, which positions are packed in
 * @property {number} floor the loss that heights are counted from
 * @property {RacerHeader[]} racers
 */

/**
 * @typedef {object} Loss The loss of one sample, where the landscape is the mean of it.
 * @property {'mse' | 'mae' | 'huber' | 'cross_entropy'} name
 * @property {number} delta Huber's
 */

/**
 * @typedef {object} MarkedPoint A minimum, a saddle or the like; "held_out": a minimum of the rows held out.
 * @property {'global' | 'local' | 'saddle' | 'maximum' | 'held_out' | 'degenerate'} kind
 * @property {string} label
 * @property {[number, number]} xy
 */

/**
 * @typedef {object} Ground The colours of a theme.
 * @property {string} paper
 * @property {string} raised
 * @property {string} ink
 * @property {string} muted
 * @property {string} hairline
 * @property {string} accent
 * @property {string} contour
 * @property {string[]} water the landscape's tones from low to high
 */

/**
 * @typedef {object} StylesByTheme Colour and dash by name and number.
 * @property {Record<string, [string, number[]][]>} light
 * @property {Record<string, [string, number[]][]>} dark
 */

/**
 * @typedef {object} Palette All colours of the map.
 * @property {Ground} light
 * @property {Ground} dark
 * @property {StylesByTheme} styles
 */

/**
 * @typedef {object} LandscapePayload The landscape, as sent once.
 * @property {string} id its slug and domain
 * @property {string} title
 * @property {string} figure Plotly's JSON
 * @property {[[number, number], [number, number]]} domain
 * @property {[string, string]} axes what the two parameters are called
 * @property {Loss | null} loss
 * @property {number} low the lowest height that is drawn
 * @property {number} scale
 * @property {MarkedPoint[]} points
 * @property {Palette} palette
 */

/**
 * @typedef {object} ColumnNames What the columns of a table are called.
 * @property {string} x
 * @property {string} y
 * @property {[string, string] | null} groups
 */

/**
 * @typedef {object} Rows Rows of a table.
 * @property {number[]} x the column that goes across
 * @property {number[]} y
 * @property {number[][]} rows two columns, what the parameters are multiplied by: a prediction is a1·p1 + a2·p2
 * @property {number[]} targets
 */

/**
 * @typedef {object} DataPayload The table behind the landscape. For "line" and "rare" a1 is linear in x, for "classes" a1 in x and a2 in y.
 * @property {number[]} x the column that goes across
 * @property {number[]} y
 * @property {number[][]} rows two columns, what the parameters are multiplied by: a prediction is a1·p1 + a2·p2
 * @property {number[]} targets
 * @property {'line' | 'rare' | 'classes'} kind
 * @property {number[] | null} groups 0 or 1 for each row: the rare feature, the class
 * @property {ColumnNames} names
 * @property {Rows | null} held_out the rows held out
 * @property {[string, string]} parameters
 */

/**
 * @typedef {object} OrdersHeader In which order each epoch goes through the rows; behind it the row numbers, one epoch after the other.
 * @property {number} samples
 * @property {number} epochs
 */

/**
 * @typedef {object} Waiting What belongs to some settings is still under way.
 * @property {string} stamp
 * @property {number | null} working how much of it is done, 0 to 1; null if nobody works on it
 */

/**
 * @typedef {object} Axis One of the two settings of a tuning map.
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
 * @typedef {object} BestCell The best cell of a tuning map.
 * @property {[number, number]} cell row and column
 * @property {[number, number]} place the values there
 */

/**
 * @typedef {object} Theory What theory says on a tuning map.
 * @property {[number, number][]} edge where it turns unstable
 * @property {string} formula of that
 * @property {[number, number]} best
 */

/**
 * @typedef {object} TuningStyles The colours of a tuning map in a theme.
 * @property {string[]} scale from good to bad
 * @property {string[]} minima
 * @property {string} paper
 * @property {string} neutral
 * @property {string} diverged the lines over paper
 * @property {string} stuck the dots over neutral
 * @property {string} not_yet the lines over neutral
 */

/**
 * @typedef {object} TuningColours The colours of a tuning map.
 * @property {TuningStyles} light
 * @property {TuningStyles} dark
 */

/**
 * @typedef {object} PlaneHeader The header of a tuning map; behind it an array for each of KINDS, the row of the lowest y first.
 * @property {string} stamp which settings it belongs to
 * @property {[Axis, Axis]} axes
 * @property {'steps' | 'loss' | 'minimum'} measure what the colours say
 * @property {number} steps of each descent
 * @property {number} tolerance the part of the way down that may be left
 * @property {boolean} known whether there is a known minimum to get to
 * @property {[number, number] | null} scale what its best and its worst level stand for
 * @property {string[]} minima their labels
 * @property {string[]} regimes
 * @property {BestCell | null} best
 * @property {Theory | null} theory
 * @property {TuningColours} colours
 * @property {number} rows
 * @property {number} columns
 */

/**
 * @typedef {object} BasinsStyles The colours of maps of basins in a theme.
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

/**
 * @typedef {object} BasinsColours The colours of maps of basins.
 * @property {BasinsStyles} light
 * @property {BasinsStyles} dark
 */

/**
 * @typedef {object} Minimum A known minimum on a map of basins.
 * @property {[number, number]} xy
 * @property {string} label
 * @property {boolean} best whether no known one lies lower
 */

/**
 * @typedef {object} Counts How many starts end where.
 * @property {number[]} reached at each of the minima
 * @property {number} unsettled
 * @property {number} diverged
 */

/**
 * @typedef {object} LayerHeader The racer of a map of basins, and how often its starts end where.
 * @property {string} name
 * @property {string} style
 * @property {number} variant
 * @property {boolean} noisy whether it never rests
 * @property {Counts} counts
 */

/**
 * @typedef {object} EndCounts How many starts are of each class of the difference.
 * @property {number} only_b
 * @property {number} only_a
 * @property {number} same
 * @property {number} other
 */

/**
 * @typedef {object} BasinsHeader The header of two maps of basins; behind it for each racer the index and the level of each cell.
 * @property {string} stamp which settings they belong to
 * @property {boolean} fine
 * @property {[[number, number], [number, number]]} domain
 * @property {[number, number]} pace steps that count as fast and as slow
 * @property {BasinsColours} colours
 * @property {string} goal what the best minima are called
 * @property {string} sentence
 * @property {number} resolution
 * @property {[number, number, number]} levels up to how many steps they are exact, the most steps, the last level
 * @property {Minimum[]} minima
 * @property {LayerHeader[]} racers
 * @property {EndCounts} ends
 */

/**
 * @typedef {object} AnatomyPayload One update's vectors, [x, y] each; nothing where none was asked for, `asked` alone where no step was taken.
 * @property {number} [asked] the step under the playhead when it was asked for
 * @property {number} [racer]
 * @property {number} [index] the step that is taken apart
 * @property {[number, number]} [position]
 * @property {[number, number]} [gradient]
 * @property {[number, number]} [step]
 * @property {[number, number] | null} [velocity] the part carried over
 * @property {[number, number] | null} [push] the part that this gradient adds
 * @property {[number, number] | null} [divisor] what each coordinate is divided by
 * @property {boolean} [follow] ask whenever the playhead rests, though the arrows are not shown
 */

/**
 * @typedef {object} SliderPayload A slider that acts while it is dragged.
 * @property {string} label
 * @property {number} value
 * @property {number} low
 * @property {number} high
 * @property {number} default where a double click puts it
 * @property {boolean} log
 * @property {number} step the grid on a linear scale
 * @property {string} symbol
 * @property {string} help
 * @property {[number, string, string][]} marks places on the scale: value, what it is in words, and whose style it has
 * @property {string} note said in place of the marks where there are none
 */

/**
 * @typedef {object} SidePayload Which further charts there are to choose from.
 * @property {('validation' | 'rate' | 'sharpness' | 'effective')[]} charts
 */

/**
 * @typedef {object} ExportsPayload What exported files are called, without an ending.
 * @property {string} name
 */

/**
 * @typedef {object} IdlePayload When to call back.
 * @property {string} stamp of the race that the page around it was computed for
 * @property {number} waiting other than 0 if a computation is still under way
 * @property {number} quiet milliseconds without a new race
 */

export {};

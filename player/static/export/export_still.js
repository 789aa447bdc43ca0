/** A copy of the view that can be drawn at any step while the view on the screen goes on. */
import { frame } from '../core/frame.js';
import { state, step, withState } from '../core/store.js';
import { theme } from '../core/theme.js';
import { drawRace, emptyCache } from '../map/race.js';

/** @import { LandscapePayload } from '../wire/messages.js' */
/** @import { Context, Race } from '../core/types.js' */

/**
 * @typedef {object} Still
 * @property {Race} race
 * @property {LandscapePayload} landscape
 * @property {number} playhead where it was
 * @property {<T>(playhead: number, draw: () => T) => T} at do something as if this were the view, at that step
 * @property {(context: Context) => void} drawRace the race as the map shows it; inside `at`
 */

/**
 * The view as it is now; null while there is none.
 * @type {() => Still | null}
 */
export function still() {
  if (!state.landscape || !state.race || !frame.width) return null;
  const { race, landscape, playhead } = state;
  const frozen = { ...frame };
  const colours = { ...theme };
  /** @type {(where: number) => boolean} */
  const inspecting = (where) => state.inspecting && where === playhead; // arrows belong to one step
  const cache = emptyCache();
  /** @type {Still['at']} */
  const at = (where, draw) => {
    const values = { race, landscape, start: null, hover: null, offline: true, playhead: where, inspecting: inspecting(where) };
    const before = [{ ...frame }, { ...theme }];
    Object.assign(frame, frozen);
    Object.assign(theme, colours);
    try {
      return withState(values, draw);
    } finally {
      Object.assign(frame, before[0]);
      Object.assign(theme, before[1]);
    }
  };
  return { race, landscape, playhead, at, drawRace: (context) => drawRace(context, cache) };
}

/** The step under the playhead in words. */
export const stepText = () => `step ${step()}`;

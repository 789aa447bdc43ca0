/** A view held still, so that it can be drawn at any step while the one on the screen goes on. */
import { frame } from '../core/frame.js';
import { drawRace, emptyCache } from '../map/race.js';
import { state, step } from '../core/store.js';
import { theme } from '../core/theme.js';

/**
 * @typedef {object} Still
 * @property {import('../core/types.js').Race} race
 * @property {import('../core/types.js').LandscapePayload} landscape
 * @property {number} playhead where it was
 * @property {<T>(playhead: number, draw: () => T) => T} at do something as if this were the view, at that step
 * @property {(context: any) => void} drawRace the race as the map shows it; inside `at`
 */

/**
 * The view as it is now; null while there is none.
 * @returns {Still | null}
 */
export function still() {
  if (!state.landscape || !state.race || !frame.width) return null;
  const { race, landscape, playhead } = state;
  const frozen = {
    state: { race, landscape, start: null, hover: null, offline: true },
    frame: { ...frame, x: [...frame.x], y: [...frame.y] },
    theme: { ...theme },
  };
  const inspecting = (where) => state.inspecting && where === playhead; // arrows belong to one step
  const cache = emptyCache();
  const at = (where, draw) => {
    const back = [swap(state, { ...frozen.state, playhead: where, inspecting: inspecting(where) }), swap(frame, frozen.frame), swap(theme, frozen.theme)];
    try {
      return draw();
    } finally {
      back.forEach((undo) => undo());
    }
  };
  return { race, landscape, playhead, at, drawRace: (context) => drawRace(context, cache) };
}

/** Put other values in their place; returns what puts the old ones back. Nobody else runs in between. */
function swap(target, values) {
  const before = Object.fromEntries(Object.keys(values).map((name) => [name, target[name]]));
  Object.assign(target, values);
  return () => Object.assign(target, before);
}

/** The step under the playhead in words. */
export const stepText = () => `step ${step()}`;

/** A view held still, so that it can be drawn at any step while the one on the screen goes on. */
import { frame } from '../core/frame.js';
import { drawRace, nothingKept } from '../map/race.js';
import { state, step } from '../core/store.js';
import { theme } from '../core/theme.js';

/**
 * @typedef {object} Still
 * @property {import('../core/types.js').Race} race
 * @property {import('../core/types.js').Stage} stage
 * @property {number} playhead where it was
 * @property {<T>(playhead: number, draw: () => T) => T} at do something as if this were the view, at that step
 * @property {(context: any) => void} drawRace the race as the map shows it; inside `at`
 */

/**
 * The view as it is now; null while there is none.
 * @returns {Still | null}
 */
export function still() {
  if (!state.stage || !state.race || !frame.width) return null;
  const { race, stage, playhead } = state;
  const held = {
    state: { race, stage, start: null, hover: null, offline: true },
    frame: { ...frame, x: [...frame.x], y: [...frame.y] },
    theme: { ...theme },
  };
  const inspecting = (where) => state.inspecting && where === playhead; // arrows belong to one step
  const kept = nothingKept();
  const at = (where, draw) => {
    const back = [swap(state, { ...held.state, playhead: where, inspecting: inspecting(where) }), swap(frame, held.frame), swap(theme, held.theme)];
    try {
      return draw();
    } finally {
      back.forEach((undo) => undo());
    }
  };
  return { race, stage, playhead, at, drawRace: (context) => drawRace(context, kept) };
}

/** Put other values in their place; returns what puts the old ones back. Nobody else runs in between. */
function swap(target, values) {
  const before = Object.fromEntries(Object.keys(values).map((name) => [name, target[name]]));
  Object.assign(target, values);
  return () => Object.assign(target, before);
}

/** The step under the playhead in words. */
export const stepText = () => `step ${step()}`;

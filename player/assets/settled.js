/** Says when the race has settled: nothing new has come for a moment, so that what is costly can be computed. */
import { on, state } from './store.js';

const QUIET = 250; // milliseconds

const views = new WeakMap();

/** @param {import('./types.js').Mount} component */
export function mountSettled(component) {
  const { parentElement } = component;
  views.get(parentElement)?.();
  let waiting = 0;
  const tell = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const { stamp, waiting: asked } = component.data;
      if (state.race && (asked || state.race.stamp !== stamp)) component.setTriggerValue('settled', `${state.race.stamp} ${asked}`);
    }, QUIET);
  };
  const off = on('race', tell);
  tell();
  views.set(parentElement, () => {
    clearTimeout(waiting);
    off();
  });
  return () => {
    views.get(parentElement)?.();
    views.delete(parentElement);
  };
}

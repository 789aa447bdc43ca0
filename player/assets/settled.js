/** Says when the race has settled: nothing new has come for a moment, so that what is costly can be computed. */
import { on, state } from './store.js';

const SOON = 150; // milliseconds after which it is asked again whether a computation has ended

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
    }, component.data.waiting ? SOON : component.data.quiet);
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

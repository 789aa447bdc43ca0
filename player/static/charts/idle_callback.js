/** Says when the race has settled: nothing new has come for a moment, so that what is costly can be computed. */
import { mountOf } from '../core/component_registry.js';
import { on, state } from '../core/store.js';

const SOON = 150; // milliseconds after which it is asked again whether a computation has ended

/** Its data: the `stamp` of what is there, whether one is `waiting`, and how many milliseconds are `quiet`. */
export const mountIdleCallback = mountOf(() => {
  let [mount, timer] = [null, 0];
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const { stamp, waiting } = mount.data;
      if (state.race && (waiting || state.race.stamp !== stamp)) mount.setTriggerValue('settled', `${state.race.stamp} ${waiting}`);
    }, mount.data.waiting ? SOON : mount.data.quiet);
  };
  const off = on('race', restart);
  const update = (component) => {
    mount = component;
    restart();
  };
  const remove = () => {
    clearTimeout(timer);
    off();
  };
  return { update, remove };
});

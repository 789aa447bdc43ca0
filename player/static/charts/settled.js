/** Says when the race has settled: nothing new has come for a moment, so that what is costly can be computed. */
import { mounts } from '../core/mounted.js';
import { on, state } from '../core/store.js';

const SOON = 150; // milliseconds after which it is asked again whether a computation has ended

/** Its data: the `stamp` of what is there, whether one is `waiting`, and how many milliseconds are `quiet`. */
export const mountSettled = mounts(() => {
  let [mounted, timer] = [null, 0];
  const tell = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const { stamp, waiting } = mounted.data;
      if (state.race && (waiting || state.race.stamp !== stamp)) mounted.setTriggerValue('settled', `${state.race.stamp} ${waiting}`);
    }, mounted.data.waiting ? SOON : mounted.data.quiet);
  };
  const off = on('race', tell);
  const update = (component) => {
    mounted = component;
    tell();
  };
  const remove = () => {
    clearTimeout(timer);
    off();
  };
  return { update, remove };
});

/** Calls back when nothing new has come for a moment, so that expensive results can be computed. */
import { mountOf } from '../core/component_registry.js';
import { on } from '../core/events.js';
import { state } from '../core/store.js';

/** @import { IdlePayload } from '../wire/messages.js' */
/** @import { Mount } from '../core/types.js' */

const SOON_MS = 150; // after which it is asked again whether a computation has ended

export const mountIdleCallback = mountOf(create);

/** @type {(parent: HTMLElement, first: Mount<IdlePayload>) => import('../core/component_registry.js').View<IdlePayload>} */
function create(parent, first) {
  let [mount, timer] = [first, 0];
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const { stamp, waiting } = mount.data;
      if (state.race && (waiting || state.race.stamp !== stamp)) mount.setTriggerValue('settled', `${state.race.stamp} ${waiting}`);
    }, mount.data.waiting ? SOON_MS : mount.data.quiet);
  };
  const off = on('race', restart);
  /** @type {(next: Mount<IdlePayload>) => void} */
  const update = (next) => {
    mount = next;
    restart();
  };
  const remove = () => {
    clearTimeout(timer);
    off();
  };
  return { update, remove };
}

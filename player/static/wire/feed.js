/** Takes in a packed race, hands it to the views, and keeps the address bar true. */
import { decode } from './decode.js';
import { throttle } from '../core/throttle.js';
import { inbox } from './packet.js';
import { emit, on, seek, state, step } from '../core/store.js';

let mount = null;
const packets = inbox(decode, showRace);

/** Sends a start to the server, newest first. */
export const sendStart = throttle((value) => mount?.setTriggerValue('start', value));

/** Sends a dragged handle of a schedule: racer, handle, step, rate. */
export const sendDrag = throttle((value) => mount?.setTriggerValue('drag', value));

/** Sends the place of the tuning map's cross-hair: the values of its two fields. */
export const sendPlace = throttle((value) => mount?.setTriggerValue('place', value));

/** @param {import('../core/types.js').Mount} component */
export function receive(component) {
  mount = component;
  packets.put(component.data);
  return () => {
    packets.forget();
    state.race = null;
  };
}

/** Show another race; the first one begins to play, and one that is fixed and has another name. */
export function showRace(race) {
  const first = state.race === null || race.fixed !== state.race.fixed;
  state.race = race;
  if (first) startPlayback(race);
  state.playhead = Math.min(state.playhead, race.steps);
  emit('race', race);
  showAddress();
}

/** A link with a playhead opens paused there; without motion the finished path is shown. */
function startPlayback(race) {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  state.playing = race.playhead === null && !still;
  seek(race.playhead ?? (still ? race.steps : 0));
  emit('play');
}

/** Put the present view into the address bar, without a new entry in the history. */
function showAddress() {
  if (!state.race || state.offline) return;
  const query = new URLSearchParams(state.race.query);
  query.delete('playhead');
  if (!state.playing && !state.race.fixed) query.set('playhead', String(step()));
  new URLSearchParams(location.search).forEach((value, key) => {
    if (key.startsWith('embed')) query.append(key, value);
  });
  const text = `?${query.toString().replaceAll('%2C', ',')}`;
  if (text !== location.search) history.replaceState(history.state, '', text + location.hash);
}

/** Back and forward: the page starts again from the address, unless it is that of the view that is shown. */
window.addEventListener('popstate', () => {
  if (!state.race || state.offline) return;
  const [there, here] = [location.search, `?${state.race.query}`].map((text) => new URLSearchParams(text));
  there.delete('playhead');
  here.delete('playhead');
  if (there.toString() !== here.toString()) location.reload();
});

let waiting = 0;
const soon = () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (!state.playing) showAddress();
  }, 150);
};
on('seek', soon);
on('play', () => {
  showAddress();
  soon();
});

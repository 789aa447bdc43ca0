/** Receives a packed race, passes it to the views, and keeps the address bar up to date. */
import { on } from '../core/events.js';
import { setRace, state, step } from '../core/store.js';
import { throttle } from '../core/throttle.js';
import { decode } from './decode.js';
import { inbox } from './packet.js';

/** @import { Mount, Point, Race } from '../core/types.js' */

/** @type {Mount<Uint8Array> | null} */
let mount = null;
const packets = inbox(decode, showRace);

/** @type {(name: string) => (value: unknown) => void} */
const sent = (name) => (value) => mount?.setTriggerValue(name, value);

/**
 * Sends a start to the server, newest first.
 * @type {(start: Point) => void}
 */
export const sendStart = throttle(sent('start'));

/**
 * Sends a dragged handle of a schedule: racer, handle, step, rate.
 * @type {(drag: [number, number, number, number]) => void}
 */
export const sendDrag = throttle(sent('drag'));

/**
 * Sends the place of the tuning map's cross-hair: the values of its two fields.
 * @type {(place: Point) => void}
 */
export const sendPlace = throttle(sent('place'));

/** @param {Mount<Uint8Array>} component */
export function receive(component) {
  mount = component;
  packets.put(component.data);
  return () => {
    packets.forget();
    setRace(null);
  };
}

/**
 * Show another race; the first one begins to play, and one that is fixed and has another name.
 * @type {(race: Race) => void}
 */
export function showRace(race) {
  const isFirst = state.race === null || race.fixed !== state.race.fixed;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  setRace(race, isFirst ? playbackOf(race, still) : null);
  showAddress();
}

/**
 * A link with a playhead opens paused there; without motion the finished path is shown.
 * @type {(race: Race, still: boolean) => {playing: boolean, playhead: number}}
 */
const playbackOf = ({ playhead, steps }, still) => ({
  playing: playhead === null && !still,
  playhead: playhead ?? (still ? steps : 0),
});

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

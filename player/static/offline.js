/** Entry of the saved page: the views, with everything that they need in one file, and without a server. */
import { decode } from './wire/decode.js';
import { mountEnergy } from './charts/energy.js';
import { showRace } from './wire/feed.js';
import { mountMap } from './map/map.js';
import { inflated } from './wire/packet.js';
import { mountSentence } from './charts/sentence.js';
import { mountSide } from './charts/side.js';
import { setOffline } from './core/store.js';

/** @type {import('./wire/messages.js').SidePayload['charts']} */
const CHARTS = ['validation', 'rate', 'sharpness', 'effective'];

/** @type {(id: string) => HTMLElement} */
const partNamed = (id) => {
  const part = document.getElementById(id);
  if (!part) throw new Error(`The page is not complete. Missing: ${id}.`);
  return part;
};
/** @type {(id: string) => string} */
const text = (id) => partNamed(id).textContent ?? '';
/** @type {(id: string) => Uint8Array} */
const bytes = (id) => Uint8Array.from(atob(text(id)), (letter) => letter.charCodeAt(0));

/**
 * @template Data
 * @param {string} name
 * @param {Data} data
 * @returns {import('./core/types.js').Mount<Data>}
 */
const mountAt = (name, data) => ({
  name,
  data,
  parentElement: partNamed(name),
  setStateValue() {},
  setTriggerValue() {},
});

/** Plotly is compressed in the file, since it is large. */
async function runPlotly() {
  const script = document.createElement('script');
  script.textContent = new TextDecoder().decode(await inflated(bytes('plotly')));
  document.head.append(script);
}

async function open() {
  setOffline();
  const landscape = JSON.parse(text('landscape'));
  const [race] = await Promise.all([decode(bytes('race')), runPlotly()]);
  const showMap = () => mountMap(mountAt('map', landscape));
  showMap();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showMap);
  const energetic = race.racers.some(({ energy }) => energy);
  if (energetic) mountEnergy(mountAt('energy', undefined));
  mountSide(mountAt('side', { charts: energetic ? [] : CHARTS })); // whose marks would stand twice
  mountSentence(mountAt('sentence', undefined));
  showRace(race);
}

open();

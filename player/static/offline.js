/** Entry of the page that is saved: the same views, with all that they need in the file and no server behind. */
import { decode } from './wire/decode.js';
import { mountEnergy } from './charts/energy.js';
import { showRace } from './wire/feed.js';
import { mountMap } from './map/map.js';
import { inflated } from './wire/packet.js';
import { mountSentence } from './charts/sentence.js';
import { mountSide } from './charts/side.js';
import { state } from './core/store.js';

const CHARTS = ['validation', 'rate', 'sharpness', 'effective'];

const text = (id) => document.getElementById(id).textContent;
const bytes = (id) => Uint8Array.from(atob(text(id)), (letter) => letter.charCodeAt(0));

/** @returns {import('./core/types.js').Mount} */
const component = (name, data = undefined) => ({
  name,
  data,
  parentElement: document.getElementById(name),
  setStateValue() {},
  setTriggerValue() {},
});

/** Plotly comes deflated, since it is large. */
async function runPlotly() {
  const script = document.createElement('script');
  script.textContent = new TextDecoder().decode(await inflated(bytes('plotly')));
  document.head.append(script);
}

async function open() {
  state.offline = true;
  const landscape = JSON.parse(text('landscape'));
  const [race] = await Promise.all([decode(bytes('race')), runPlotly()]);
  const showMap = () => mountMap(component('map', landscape));
  showMap();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showMap);
  const energetic = race.racers.some(({ energy }) => energy);
  if (energetic) mountEnergy(component('energy'));
  mountSide(component('side', { charts: energetic ? [] : CHARTS })); // whose marks would stand twice
  mountSentence(component('sentence'));
  showRace(race);
}

open();

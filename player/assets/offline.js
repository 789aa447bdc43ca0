/** Entry of the page that is saved: the same views, with all that they need in the file and no server behind. */
import { decode } from './decode.js';
import { mountEnergy } from './energy.js';
import { take } from './feed.js';
import { mountMap } from './map.js';
import { inflated } from './packet.js';
import { mountSentence } from './sentence.js';
import { mountSide } from './side.js';
import { state } from './store.js';

const CHARTS = ['validation', 'rate', 'sharpness', 'effective'];

const text = (id) => document.getElementById(id).textContent;
const bytes = (id) => Uint8Array.from(atob(text(id)), (letter) => letter.charCodeAt(0));

/** @returns {import('./types.js').Mount} */
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
  const stage = JSON.parse(text('landscape'));
  const [race] = await Promise.all([decode(bytes('race')), runPlotly()]);
  const showMap = () => mountMap(component('map', stage));
  showMap();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showMap);
  const energetic = race.racers.some(({ energy }) => energy);
  if (energetic) mountEnergy(component('energy'));
  mountSide(component('side', { charts: energetic ? [] : CHARTS })); // whose marks would stand twice
  mountSentence(component('sentence'));
  take(race);
}

open();

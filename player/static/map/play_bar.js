/** Play, pause, step, scrub, speed, loop, 2-D or 3-D; and the same from the keyboard. */
import { inspect } from './anatomy.js';
import { chosenRacer } from '../data/chosen_racer.js';
import { emit, isFixed, on, play, seek, state, step } from '../core/store.js';

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];
const ICONS = {
  play: '<svg viewBox="0 0 24 24"><path d="M8 5l11 7-11 7z"/></svg>',
  pause: '<svg viewBox="0 0 24 24"><path d="M7 5h3.6v14H7zM13.4 5H17v14h-3.6z"/></svg>',
  restart: '<svg viewBox="0 0 24 24"><path d="M6 5h2.4v14H6zM19 5v14l-9.6-7z"/></svg>',
  loop: '<svg viewBox="0 0 24 24"><path d="M17 4l4 4-4 4V9H8a3 3 0 0 0-3 3H3a5 5 0 0 1 5-5h9zM7 20l-4-4 4-4v3h9a3 3 0 0 0 3-3h2a5 5 0 0 1-5 5H7z"/></svg>',
};
const HTML = `
  <button type="button" class="descent-play" aria-label="Play">${ICONS.play}</button>
  <button type="button" class="descent-restart" aria-label="Restart" title="Restart (R)">${ICONS.restart}</button>
  <span class="descent-step" aria-hidden="true"></span>
  <input class="descent-range" type="range" min="0" max="1" value="0" step="1" aria-label="Step">
  <button type="button" class="descent-speed" aria-label="Speed">1×</button>
  <button type="button" class="descent-loop" aria-label="Loop" aria-pressed="false" title="Loop">${ICONS.loop}</button>
  <button type="button" class="descent-inspect" aria-label="Anatomy" aria-pressed="false" title="Take the update under the playhead apart">Anatomy</button>
  <button type="button" class="descent-view" aria-label="3-D view" aria-pressed="false">3-D</button>`;

/** @returns {() => void} what takes the listeners off again */
export function attachPlayBar(root, bar, surface) {
  bar.innerHTML = HTML;
  const part = (name) => bar.querySelector(`.descent-${name}`);
  const range = part('range');

  const show = () => {
    const steps = state.race?.steps ?? 0;
    const label = state.playing ? 'Pause' : 'Play';
    if (part('play').getAttribute('aria-label') !== label) {
      part('play').setAttribute('aria-label', label);
      part('play').innerHTML = ICONS[label.toLowerCase()];
      part('play').title = `${label} (space)`;
    }
    range.max = String(steps);
    range.value = String(step());
    range.style.setProperty('--share', String(steps ? state.playhead / steps : 0));
    range.style.backgroundImage = ticks(steps);
    part('step').textContent = `step ${step()}`;
    part('speed').textContent = `${state.speed}×`;
    part('speed').title = `Speed ${state.speed}×: click for faster, Shift and click for slower`;
    part('inspect').hidden = isFixed(); // the server makes the arrows
    part('inspect').setAttribute('aria-pressed', String(state.inspecting));
    part('loop').setAttribute('aria-pressed', String(state.loop));
  };
  const scrub = () => {
    state.playing = false;
    seek(Number(range.value));
    emit('play');
  };
  part('play').addEventListener('click', () => play(!state.playing));
  part('restart').addEventListener('click', restart);
  part('speed').addEventListener('click', faster);
  part('inspect').addEventListener('click', () => inspect(!state.inspecting));
  part('loop').addEventListener('click', () => {
    state.loop = !state.loop;
    emit('play');
  });
  part('view').addEventListener('click', ({ currentTarget }) => toggleSurface(root, currentTarget, surface));
  range.addEventListener('input', scrub);
  window.addEventListener('keydown', keys, true);
  const off = ['seek', 'play', 'race', 'chosen'].map((event) => on(event, show));
  show();
  return () => {
    off.forEach((stop) => stop());
    window.removeEventListener('keydown', keys, true);
  };
}

/** On the way of the playhead: where the racer that is looked at passes, first turns back, and is trapped. */
function ticks(steps) {
  const racer = chosenRacer();
  const { passes = [], turns = [], trapped = null } = racer?.energy ?? {};
  const named = [...racer?.marks?.map(([at]) => at) ?? [], ...passes, ...turns.slice(0, 1), trapped].filter((at) => at !== null && at > 0);
  const places = named.map((at) => `calc(8px + (100% - 16px) * ${at / Math.max(steps, 1)})`);
  return places.map((place) => `linear-gradient(to right, transparent calc(${place} - 1px), currentColor 0 calc(${place} + 1px), transparent 0)`).join(', ');
}

function faster({ shiftKey }) {
  const next = SPEEDS.indexOf(state.speed) + (shiftKey ? -1 : 1);
  state.speed = SPEEDS[(next + SPEEDS.length) % SPEEDS.length];
  emit('play');
}

function restart() {
  seek(0);
  play(true);
}

const by = (steps) => {
  state.playing = false;
  seek(step() + steps);
  emit('play');
};
const KEYS = {
  ' ': () => play(!state.playing),
  ArrowLeft: ({ shiftKey }) => by(shiftKey ? -10 : -1),
  ArrowRight: ({ shiftKey }) => by(shiftKey ? 10 : 1),
  Home: () => by(-Infinity),
  End: () => by(Infinity),
  r: restart,
  R: restart,
};

/** Keys belong to the player unless a control has the focus. Caught early: Streamlit has an R of its own. */
function keys(event) {
  const busy = event.target.closest?.('input, textarea, select, button, [contenteditable], [role="slider"], [role="combobox"]');
  if (busy || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key] || !state.race) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  KEYS[event.key](event);
}

let threeD = null;

async function toggleSurface(root, button, surface) {
  const open = button.getAttribute('aria-pressed') !== 'true';
  button.setAttribute('aria-pressed', String(open));
  button.textContent = open ? '2-D' : '3-D';
  root.classList.toggle('descent-3d', open);
  surface.hidden = !open;
  threeD ??= await import('./surface.js');
  threeD.showSurface(surface, open);
}

/** Play, pause, step, scrub, speed, loop, 2-D or 3-D; and the same from the keyboard. */
import { inspect } from './anatomy.js';
import { chosenRacer } from '../data/chosen_racer.js';
import { part, partOf } from '../core/dom.js';
import { emit, on } from '../core/events.js';
import { isFixed, pauseAt, play, seek, setSpeed, state, step, toggleLoop } from '../core/store.js';

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

/**
 * Attach the play bar. Returns a function that detaches its listeners.
 * @type {(root: HTMLElement, bar: HTMLElement, surface: HTMLElement) => () => void}
 */
export function attachPlayBar(root, bar, surface) {
  bar.innerHTML = HTML;
  /** @type {(name: string) => HTMLElement} */
  const named = (name) => part(bar, `.descent-${name}`);
  const range = partOf(HTMLInputElement, bar, '.descent-range');

  const show = () => {
    const steps = state.race?.steps ?? 0;
    const [label, icon] = state.playing ? ['Pause', ICONS.pause] : ['Play', ICONS.play];
    const button = named('play');
    if (button.getAttribute('aria-label') !== label) {
      button.setAttribute('aria-label', label);
      button.innerHTML = icon;
      button.title = `${label} (space)`;
    }
    range.max = String(steps);
    range.value = String(step());
    range.style.setProperty('--share', String(steps ? state.playhead / steps : 0));
    range.style.backgroundImage = ticks(steps);
    named('step').textContent = `step ${step()}`;
    named('speed').textContent = `${state.speed}×`;
    named('speed').title = `Speed ${state.speed}×: click for faster, Shift and click for slower`;
    named('inspect').hidden = isFixed(); // the server makes the arrows
    named('inspect').setAttribute('aria-pressed', String(state.inspecting));
    named('loop').setAttribute('aria-pressed', String(state.loop));
  };
  named('play').addEventListener('click', () => play(!state.playing));
  named('restart').addEventListener('click', restart);
  named('speed').addEventListener('click', faster);
  named('inspect').addEventListener('click', () => inspect(!state.inspecting));
  named('loop').addEventListener('click', toggleLoop);
  named('view').addEventListener('click', () => toggleSurface(root, named('view'), surface));
  range.addEventListener('input', () => pauseAt(Number(range.value)));
  window.addEventListener('keydown', keys, true);
  const off = [on('seek', show), on('play', show), on('race', show), on('chosen', show)];
  show();
  return () => {
    off.forEach((stop) => stop());
    window.removeEventListener('keydown', keys, true);
  };
}

/** @type {{passes: number[], turns: number[], trapped: number | null}} */
const NO_ENERGY = { passes: [], turns: [], trapped: null };

/**
 * On the way of the playhead: where the racer that is looked at passes, first turns back, and is trapped.
 * @type {(steps: number) => string}
 */
function ticks(steps) {
  const racer = chosenRacer();
  const { passes, turns, trapped } = racer?.energy ?? NO_ENERGY;
  const marks = racer?.marks?.map(([at]) => at) ?? [];
  const named = [...marks, ...passes, ...turns.slice(0, 1), trapped ?? 0].filter((at) => at > 0);
  const places = named.map((at) => `calc(8px + (100% - 16px) * ${at / Math.max(steps, 1)})`);
  return places.map((place) => `linear-gradient(to right, transparent calc(${place} - 1px), currentColor 0 calc(${place} + 1px), transparent 0)`).join(', ');
}

/** @type {(event: MouseEvent) => void} */
function faster({ shiftKey }) {
  const next = SPEEDS.indexOf(state.speed) + (shiftKey ? -1 : 1);
  setSpeed(SPEEDS[(next + SPEEDS.length) % SPEEDS.length]);
  emit('play');
}

function restart() {
  seek(0);
  play(true);
}

/** @type {(steps: number) => void} */
const by = (steps) => pauseAt(step() + steps);
/** @type {Record<string, (event: KeyboardEvent) => void>} */
const KEYS = {
  ' ': () => play(!state.playing),
  ArrowLeft: ({ shiftKey }) => by(shiftKey ? -10 : -1),
  ArrowRight: ({ shiftKey }) => by(shiftKey ? 10 : 1),
  Home: () => by(-Infinity),
  End: () => by(Infinity),
  r: restart,
  R: restart,
};

const CONTROLS = 'input, textarea, select, button, [contenteditable], [role="slider"], [role="combobox"]';

/**
 * Keys belong to the player unless a control has the focus. Caught early: Streamlit has an R of its own.
 * @type {(event: KeyboardEvent) => void}
 */
function keys(event) {
  const busy = event.target instanceof Element && event.target.closest(CONTROLS);
  if (busy || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key] || !state.race) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  KEYS[event.key](event);
}

/** @type {typeof import('./surface.js') | null} */
let threeD = null;

/** @type {(root: HTMLElement, button: HTMLElement, surface: HTMLElement) => Promise<void>} */
async function toggleSurface(root, button, surface) {
  const open = button.getAttribute('aria-pressed') !== 'true';
  button.setAttribute('aria-pressed', String(open));
  button.textContent = open ? '2-D' : '3-D';
  root.classList.toggle('descent-3d', open);
  surface.hidden = !open;
  threeD ??= await import('./surface.js');
  threeD.showSurface(surface, open);
}

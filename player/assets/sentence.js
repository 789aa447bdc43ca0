/** Under everything, in words: what is seen. */
import { on, state } from './store.js';

const views = new WeakMap();

/** @param {import('./types.js').Mount} component */
export function mountSentence({ parentElement }) {
  if (!views.has(parentElement)) views.set(parentElement, create(parentElement));
  return () => {
    views.get(parentElement)?.();
    views.delete(parentElement);
  };
}

function create(parent) {
  const said = document.createElement('p');
  said.className = 'descent-sentence';
  said.dataset.testid = 'sentence';
  said.setAttribute('aria-live', 'polite');
  parent.append(said);
  const show = () => {
    if (!state.race) return;
    const [lead, rest] = state.race.sentence;
    const strong = document.createElement('strong');
    strong.textContent = lead;
    said.replaceChildren(strong, rest);
  };
  const off = on('race', show);
  show();
  return () => {
    off();
    said.remove();
  };
}

/** Under everything, in words: what is seen. */
import { mounts } from '../core/mounted.js';
import { on, state } from '../core/store.js';

export const mountSentence = mounts(create);

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
  const remove = () => {
    off();
    said.remove();
  };
  return { remove };
}

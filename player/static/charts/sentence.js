/** The sentence under the race. */
import { mountOf } from '../core/component_registry.js';
import { on } from '../core/events.js';
import { state } from '../core/store.js';

export const mountSentence = mountOf(create);

/** @type {(parent: HTMLElement) => {remove: () => void}} */
function create(parent) {
  const paragraph = document.createElement('p');
  paragraph.className = 'descent-sentence';
  paragraph.dataset.testid = 'sentence';
  paragraph.setAttribute('aria-live', 'polite');
  parent.append(paragraph);
  const show = () => {
    if (!state.race) return;
    const [lead, rest] = state.race.sentence;
    const strong = document.createElement('strong');
    strong.textContent = lead;
    paragraph.replaceChildren(strong, rest);
  };
  const off = on('race', show);
  show();
  const remove = () => {
    off();
    paragraph.remove();
  };
  return { remove };
}

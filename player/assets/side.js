/** Beside the map: loss and learning rate by step, linked to the playhead, and the outcomes. */
import { paints } from './clock.js';
import { attachCurve } from './curve.js';
import { showOutcomes } from './outcomes.js';
import { on, state } from './store.js';

const HTML = `
  <section class="descent-chart" data-curve="height">
    <h4>Loss <small></small></h4>
    <div class="descent-curve"><canvas aria-hidden="true"></canvas><div class="descent-tip" hidden></div></div>
  </section>
  <section class="descent-chart" data-curve="rate">
    <h4 class="descent-choice">
      <button type="button" data-show="rate" aria-pressed="true">Learning rate</button>
      <button type="button" data-show="sharpness" aria-pressed="false"
        title="The largest curvature λ along each path (solid) against the limit that its learning rate sets (thin): above it, the path breaks out">Sharpness</button>
    </h4>
    <div class="descent-curve"><canvas aria-hidden="true"></canvas><div class="descent-tip" hidden></div></div>
  </section>
  <section class="descent-outcomes"><h4>Outcome</h4><table></table></section>`;

const views = new WeakMap();

/** @param {import('./types.js').Mount} component */
export function mountSide({ parentElement }) {
  if (!views.has(parentElement)) views.set(parentElement, create(parentElement));
  return () => {
    views.get(parentElement)?.();
    views.delete(parentElement);
  };
}

function create(parent) {
  const root = document.createElement('div');
  root.className = 'descent-side';
  root.innerHTML = HTML;
  parent.append(root);
  const show = () => {
    if (!state.race || !state.stage) return;
    root.querySelector('small').textContent = state.race.floor === 0 ? '' : 'above the lowest';
    showOutcomes(root.querySelector('table'), state.race);
  };
  const curves = [...root.querySelectorAll('.descent-chart')].map((chart) =>
    attachCurve(chart.querySelector('.descent-curve'), chart.dataset.curve),
  );
  attachChoice(root.querySelector('.descent-choice'), curves[1]);
  const off = [...curves.map(({ paint }) => paints(paint)), on('race', show), on('stage', show)];
  show();
  return () => {
    off.forEach((stop) => stop());
    curves.forEach(({ remove }) => remove());
    root.remove();
  };
}

/** The buttons over the second chart choose what it shows. */
function attachChoice(buttons, curve) {
  buttons.addEventListener('click', ({ target }) => {
    const chosen = target.closest('button');
    if (!chosen) return;
    buttons.querySelectorAll('button').forEach((button) => button.setAttribute('aria-pressed', String(button === chosen)));
    curve.show(chosen.dataset.show);
  });
}

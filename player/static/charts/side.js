/** The column beside the map: the loss and further curves, linked to the playhead, and the outcomes. */
import { buttonOf, part, partOf, parts } from '../core/dom.js';
import { paints } from '../core/clock.js';
import { showCodes } from './codes.js';
import { attachCurve } from './curve.js';
import { mountOf } from '../core/component_registry.js';
import { showOutcomes } from './outcomes.js';
import { CHARTS } from './scale.js';
import { on } from '../core/events.js';
import { setCost, state } from '../core/store.js';

/** @import { SidePayload } from '../wire/messages.js' */
/** @import { Cost, Mount } from '../core/types.js' */
/** @typedef {SidePayload['charts'][number]} Chart */
/** @typedef {ReturnType<typeof attachCurve>} Curve */

const CURVE = '<div class="descent-curve"><canvas aria-hidden="true"></canvas><div class="descent-tip" hidden></div></div>';
const HTML = `
  <section class="descent-chart" data-curve="height">
    <h4>Loss <small></small>
      <span class="descent-costs" hidden>by
        <button type="button" data-cost="step" aria-pressed="true">step</button>
        <button type="button" data-cost="epoch" aria-pressed="false" title="One epoch: every sample once">epoch</button>
        <button type="button" data-cost="gradient" aria-pressed="false" title="Sample gradients evaluated">gradient</button>
      </span>
    </h4>${CURVE}
  </section>
  <section class="descent-chart" data-curve="further"><h4 class="descent-choice"></h4>${CURVE}</section>
  <section class="descent-outcomes"><h4>Outcome</h4><table></table></section>
  <section class="descent-codes" hidden><h4>In Keras</h4><div></div></section>`;

/** @type {Cost[]} */
const COSTS = ['step', 'epoch', 'gradient'];
/** @type {Record<Chart, string>} */
const TITLES = { validation: 'Rows held out', rate: 'Learning rate', sharpness: 'Sharpness', effective: 'Effective rate' };
/** @type {Partial<Record<Chart, string>>} */
const HELP = {
  validation: 'The loss on the rows that no step sees (strong) beside that on the rows trained on (thin)',
  sharpness:
    'The largest curvature λ along each path (solid) against the limit that its learning rate sets (thin): above it, the path breaks out',
  effective: 'What each coordinate of the gradient is multiplied by: the learning rate, and what the method makes of it',
};

export const mountSide = mountOf(create);

/** @type {(parent: HTMLElement) => {update: (mount: Mount<SidePayload>) => void, remove: () => void}} */
function create(parent) {
  const root = document.createElement('div');
  root.className = 'descent-side';
  root.innerHTML = HTML;
  parent.append(root);
  const [first, second] = parts(root, '.descent-curve');
  const curves = [attachCurve(first, 'height'), attachCurve(second, 'rate')];
  const [heading, costs, further] = ['.descent-choice', '.descent-costs', '[data-curve=further]'].map((name) => part(root, name));
  /** @type {Chart[]} */
  let charts = [];
  let choice = attachChoice(heading, charts, curves[1]);
  attachCosts(costs);
  const show = () => {
    const { race } = state;
    if (!race || !state.landscape) return;
    part(root, 'small').textContent = race.floor === 0 ? '' : 'above the lowest';
    costs.hidden = new Set(race.racers.map(({ size }) => size)).size < 2;
    const offered = charts.filter((name) => race.racers.some((racer) => racer[CHARTS[name].names[0]]));
    choice.offer(offered);
    further.hidden = !offered.length;
    showCodes(part(root, '.descent-codes'), race.racers);
    showOutcomes(partOf(HTMLTableElement, root, 'table'), race);
  };
  const off = [...curves.map(({ paint }) => paints(paint)), on('race', show), on('landscape', show)];
  /** @type {(mount: Mount<SidePayload>) => void} */
  const update = ({ data }) => {
    if (data.charts.join() !== charts.join()) {
      charts = data.charts;
      choice = attachChoice(heading, charts, curves[1]);
    }
    show();
  };
  const remove = () => {
    off.forEach((stop) => stop());
    curves.forEach((curve) => curve.remove());
    root.remove();
    setCost('step');
  };
  return { update, remove };
}

/**
 * The buttons over the second chart choose what it shows. What is offered anew, before what is shown, takes its place.
 * @type {(heading: HTMLElement, charts: Chart[], curve: Curve) => {offer: (offered: Chart[]) => void}}
 */
function attachChoice(heading, charts, curve) {
  let current = charts[0];
  /** @type {Chart[]} */
  let before = [];
  /** @type {(name: Chart) => void} */
  const choose = (name) => {
    current = name;
    press(buttons, buttons[charts.indexOf(name)]);
    curve.show(name);
  };
  const buttons = charts.map((name) => {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', textContent: TITLES[name], title: HELP[name] ?? '' });
    button.setAttribute('aria-pressed', String(name === current));
    button.addEventListener('click', () => choose(name));
    return button;
  });
  heading.replaceChildren(...buttons);
  if (charts.length) curve.show(charts[0]);
  /** @type {(offered: Chart[]) => void} */
  const offer = (offered) => {
    buttons.forEach((button, i) => (button.hidden = !offered.includes(charts[i])));
    const first = offered.find((name) => !before.includes(name));
    before = offered;
    const gone = offered.length && !offered.includes(current);
    if (gone) choose(offered[0]);
    else if (first && charts.indexOf(first) < charts.indexOf(current)) choose(first);
  };
  return { offer };
}

/**
 * The buttons that choose what the loss is drawn over, where a step costs the racers differently.
 * @type {(box: HTMLElement) => void}
 */
function attachCosts(box) {
  const buttons = [...box.querySelectorAll('button')];
  box.addEventListener('click', (event) => {
    const cost = COSTS.find((name) => name === buttonOf(event)?.dataset.cost);
    if (!cost) return;
    press(buttons, buttonOf(event));
    setCost(cost);
  });
}

/** @type {(buttons: HTMLButtonElement[], pressed: HTMLButtonElement | null) => void} */
const press = (buttons, pressed) => buttons.forEach((button) => button.setAttribute('aria-pressed', String(button === pressed)));

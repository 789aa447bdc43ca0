/** The basins of two racers side by side, and where only one of them reaches the best minimum. */
import { unpackBasins } from './basins_data.js';
import { showEnds, showMinima } from './basins_legend.js';
import { attachBasinsMap, DIFFERENCE, ready } from './basins_map.js';
import { showReadout } from './basins_readout.js';
import { onQuestion, isBehind, progress, receiveFine } from './basins_store.js';
import { part, partOf, parts } from '../core/dom.js';
import { paints } from '../core/clock.js';
import { mountOf } from '../core/component_registry.js';
import { inbox } from '../wire/packet.js';
import { bar, showProgress } from '../core/progress.js';
import { startPoint } from '../map/race.js';
import { on } from '../core/events.js';
import { theme } from '../core/theme.js';

/** @import { View } from '../core/component_registry.js' */
/** @import { Mount } from '../core/types.js' */
/** @import { Shared } from './basins_hand.js' */
/** @import { BasinsView } from './basins_legend.js' */
/** @import { Pair } from './basins_types.js' */

const FIGURE = '<figure><figcaption></figcaption><div class="descent-basins-map"><canvas role="img"></canvas></div></figure>';
const HTML = `
  ${bar('Maps')}
  <div class="descent-basins-maps">
    ${FIGURE}${FIGURE}<div class="descent-legend"><table data-legend="minima"></table></div>
    ${FIGURE}<div class="descent-legend"><table data-legend="ends"></table></div>
  </div>
  <p class="descent-basins-readout"></p>
  <p class="descent-sentence" aria-live="polite"></p>`;

export const mountBasins = mountOf(create);

/** @type {(parent: HTMLElement, first: Mount<Uint8Array>) => View<Uint8Array>} */
function create(parent, first) {
  const root = document.createElement('div');
  root.className = 'descent-basins';
  root.dataset.testid = 'basins';
  root.innerHTML = HTML;
  parent.append(root);
  /** @type {Shared} */
  const shared = { hover: null, start: startPoint };
  const maps = parts(root, '.descent-basins-map').map((box, which) => attachBasinsMap(box, which, shared));
  const legends = legendsOf(root);
  let mount = first;
  const packets = inbox(unpackBasins, receiveFine);
  const off = [
    ...maps.map(({ remove }) => remove),
    onQuestion((stamp) => mount.setTriggerValue('settled', stamp)),
    on('basins', () => showProgress(root, progress())),
    paints(() => {
      const view = ready();
      if (!view) return;
      legends.show(view);
      maps.forEach(({ paint }) => paint(view.pair, view.styles));
      showReadout(part(root, '.descent-basins-readout'), view.pair, shared.hover);
      mark(root, view.pair);
    }),
  ];
  /** @type {(next: Mount<Uint8Array>) => void} */
  const update = (next) => {
    mount = next;
    packets.put(next.data);
  };
  const remove = () => {
    off.forEach((stop) => stop());
    root.remove();
  };
  return { update, remove };
}

/**
 * Titles, legends and the sentence change with the maps or the theme only.
 * @type {(root: HTMLElement) => {show: (view: BasinsView) => void}}
 */
function legendsOf(root) {
  /** @type {Pair | null} */
  let last = null;
  let colours = '';
  /** @type {(view: BasinsView) => void} */
  const show = (view) => {
    if (view.pair === last && theme.name === colours) return;
    [last, colours] = [view.pair, theme.name];
    showTitles(root, view.pair);
    showMinima(partOf(HTMLTableElement, root, '[data-legend="minima"]'), view);
    showEnds(partOf(HTMLTableElement, root, '[data-legend="ends"]'), view);
    part(root, '.descent-sentence').textContent = view.pair.sentence;
  };
  return { show };
}

/** @type {(root: HTMLElement, pair: Pair) => void} */
function showTitles(root, { racers, shares }) {
  const third = shares.only_b ? `Only ${racers[1].name} gets out from here` : 'Where the two differ';
  const titles = [...racers.map(({ name }) => name), third];
  const styles = [...racers, racers[1]];
  parts(root, 'figure').forEach((figure, which) => {
    const swatch = document.createElement('b');
    swatch.className = `-of-${styles[which].style}-${styles[which].variant}`;
    if (which === DIFFERENCE) swatch.dataset.area = '';
    swatch.hidden = which === DIFFERENCE && !shares.only_b;
    part(figure, 'figcaption').replaceChildren(swatch, titles[which]);
    part(figure, 'canvas').setAttribute('aria-label', which === DIFFERENCE ? 'Where the two racers’ basins differ' : `Basins of ${titles[which]}`);
  });
}

/**
 * For tests: which maps are shown.
 * @type {(root: HTMLElement, pair: Pair) => void}
 */
function mark(root, pair) {
  Object.assign(root.dataset, { stamp: pair.stamp, resolution: pair.resolution, behind: String(isBehind()) });
}

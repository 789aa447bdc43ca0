/** The tuning map: a plane of two settings, coloured by how the descent goes, that is itself the slider. */
import { fit } from './canvas.js';
import { paints } from './clock.js';
import { emit, on, state } from './store.js';
import { look, theme } from './theme.js';
import { attachTuningHand, goTo, placeNow } from './tuning_hand.js';
import { imageOfPlane } from './tuning_image.js';
import { showLegend } from './tuning_legend.js';
import { paintPlane } from './tuning_paint.js';
import { attachValues, describe, showTold } from './tuning_readout.js';
import { planeScale } from './tuning_scale.js';
import { asks, isBehind, progress, shownPlane, takeAsked, unpacker } from './tuning_store.js';

const FIELD = '<label><span></span><input type="text" inputmode="decimal" autocomplete="off" spellcheck="false"></label>';
const HTML = `
  <progress max="1" aria-label="Map under way"></progress>
  <div class="descent-tuning-head">${FIELD}${FIELD}<button type="button" title="Or double-click on the map">Go to the best cell</button></div>
  <div class="descent-tuning-map"><canvas role="slider" tabindex="0" aria-label="Tuning map" aria-valuenow="0"></canvas></div>
  <p class="descent-tuning-told"></p>
  <div class="descent-tuning-legend"></div>`;
const LEAST = 280;
const BELOW = 235; // pixels of the window kept for what stands above and below the map

const views = new WeakMap();

/** @param {import('./types.js').Mount} component */
export function mountTuning(component) {
  const { parentElement } = component;
  if (!views.has(parentElement)) views.set(parentElement, create(parentElement));
  views.get(parentElement).update(component);
  return () => {
    views.get(parentElement)?.remove();
    views.delete(parentElement);
  };
}

function create(parent) {
  const root = document.createElement('div');
  root.className = 'descent-tuning';
  root.dataset.testid = 'tuning';
  root.innerHTML = HTML;
  parent.append(root);
  const shared = { hover: -1, focused: false };
  const map = mapOf(root, shared);
  let mounted = null;
  const unpack = unpacker(takeAsked);
  root.querySelector('button').addEventListener('click', () => shownPlane()?.best && goTo(shownPlane().best.place));
  const observer = new ResizeObserver(() => emit('resize'));
  observer.observe(root);
  const off = [
    attachTuningHand(root.querySelector('canvas'), map.now, shared),
    asks((stamp) => mounted?.setTriggerValue('settled', stamp)),
    on('tuning', () => showProgress(root)),
    paints(map.paint),
    () => observer.disconnect(),
  ];
  const update = (component) => {
    mounted = component;
    unpack(component.data);
  };
  const remove = () => {
    off.forEach((stop) => stop());
    root.remove();
    state.place = null;
  };
  return { update, remove };
}

/** The canvas and all that goes with it; painted when something that it shows has changed. */
function mapOf(root, shared) {
  const [canvas, box] = ['canvas', '.descent-tuning-map'].map((part) => root.querySelector(part));
  const [line, legend] = ['.descent-tuning-told', '.descent-tuning-legend'].map((part) => root.querySelector(part));
  const showValues = attachValues(root.querySelector('.descent-tuning-head'));
  let [scale, image, painted, drawn, themed] = [null, null, null, null, null];

  const paint = () => {
    const [plane, place, width] = [shownPlane(), placeNow(), box.clientWidth];
    if (!plane || !place || !width) return;
    const height = Math.max(LEAST, Math.min(window.innerHeight - BELOW, width * 0.96));
    const now = [theme.name, width, height, isBehind(), place, shared.hover, shared.focused, look(state.race.racers[0]).colour].join();
    if (plane === drawn && now === painted) return;
    if (plane !== drawn || themed !== theme.name) {
      const looks = plane.colours[theme.name];
      [image, themed] = [imageOfPlane(plane, looks), theme.name];
      showLegend(legend, plane, looks);
    }
    [painted, drawn] = [now, plane];
    scale = planeScale(plane, width, height);
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    const shown = { plane, image, place, looks: plane.colours[theme.name], behind: isBehind(), colour: look(state.race.racers[0]).colour };
    paintPlane(fit(canvas, width, height), scale, { ...shown, ...shared });
    showValues(plane, place);
    showTold(line, plane, shared.hover);
    describe(canvas, plane, place);
    mark(root, plane, place);
  };
  return { paint, now: () => scale && drawn && { scale, plane: drawn } };
}

/** A slim bar, if it takes more than half a second: the style sees to that. */
function showProgress(root) {
  const share = progress();
  root.classList.toggle('descent-under-way', share !== null);
  root.querySelector('progress').value = share ?? 0;
}

/** For tests: which map is shown, and where the cross-hair is. */
function mark(root, plane, place) {
  Object.assign(root.dataset, { stamp: plane.stamp, behind: String(isBehind()), place: place.join() });
}

/** The tuning map: a plane of two settings, coloured by how the descent goes, that is itself the slider. */
import { fit } from '../core/canvas.js';
import { paints } from '../core/clock.js';
import { mountOf } from '../core/component_registry.js';
import { inbox } from '../wire/packet.js';
import { bar, showProgress } from '../core/progress.js';
import { emit, on, state } from '../core/store.js';
import { styleOf, theme } from '../core/theme.js';
import { unpackPlane } from './tuning_data.js';
import { attachTuningHand, goTo, placeNow } from './tuning_hand.js';
import { showLegend } from './tuning_legend.js';
import { backdrop, paintPlane } from './tuning_paint.js';
import { pictureOfPlane } from './tuning_picture.js';
import { attachValues, describe, showOutcome } from './tuning_readout.js';
import { planeScale } from './tuning_scale.js';
import { onQuestion, isBehind, progress, currentPlane, receiveAnswer } from './tuning_store.js';

const FIELD = '<label><span></span><input type="text" inputmode="decimal" autocomplete="off" spellcheck="false"></label>';
const HTML = `
  ${bar('Map')}
  <div class="descent-tuning-head">${FIELD}${FIELD}<button type="button" title="Or double-click on the map">Go to the best cell</button></div>
  <div class="descent-tuning-map"><canvas role="slider" tabindex="0" aria-label="Tuning map" aria-valuenow="0"></canvas></div>
  <p class="descent-tuning-told"></p>
  <div class="descent-tuning-legend"></div>`;
const LEAST = 280;
const BELOW = 235; // pixels of the window kept for what stands above and below the map

export const mountTuning = mountOf(create);

function create(parent) {
  const root = document.createElement('div');
  root.className = 'descent-tuning';
  root.dataset.testid = 'tuning';
  root.innerHTML = HTML;
  parent.append(root);
  const shared = { hover: -1, focused: false };
  const map = mapOf(root, shared);
  let mount = null;
  const packets = inbox(unpackPlane, receiveAnswer);
  root.querySelector('button').addEventListener('click', () => currentPlane()?.best && goTo(currentPlane().best.place));
  const observer = new ResizeObserver(() => emit('resize'));
  observer.observe(root);
  state.beside = map.picture;
  const off = [
    attachTuningHand(root.querySelector('canvas'), map.now, shared),
    onQuestion((stamp) => mount?.setTriggerValue('settled', stamp)),
    on('tuning', () => showProgress(root, progress())),
    paints(map.paint),
    () => observer.disconnect(),
  ];
  const update = (component) => {
    mount = component;
    packets.put(component.data);
  };
  const remove = () => {
    off.forEach((stop) => stop());
    root.remove();
    Object.assign(state, { place: null, beside: null });
  };
  return { update, remove };
}

/** The canvas and all that goes with it; painted when something that it shows has changed. */
function mapOf(root, shared) {
  const [canvas, box] = ['canvas', '.descent-tuning-map'].map((part) => root.querySelector(part));
  const [line, legend] = ['.descent-tuning-told', '.descent-tuning-legend'].map((part) => root.querySelector(part));
  const showValues = attachValues(root.querySelector('.descent-tuning-head'));
  const cache = { scale: null, plane: null, backdrop: null, of: '', painted: '' };

  const updateBackdrop = (plane, width) => {
    const height = Math.max(LEAST, Math.min(window.innerHeight - BELOW, width * 0.96));
    const of = [theme.name, width, height, isBehind(), window.devicePixelRatio].join();
    if (plane === cache.plane && of === cache.of) return;
    const styles = plane.colours[theme.name];
    const scale = planeScale(plane, width, height);
    Object.assign(cache, { scale, plane, of, painted: '', backdrop: backdrop(scale, { plane, styles, behind: isBehind() }) });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    showLegend(legend, plane, styles);
  };

  const paint = () => {
    const [plane, place, width] = [currentPlane(), placeNow(), box.clientWidth];
    if (!plane || !place || !width) return;
    updateBackdrop(plane, width);
    const { colour } = styleOf(state.race.racers[0]);
    const now = [place, shared.hover, shared.focused, colour].join();
    if (now === cache.painted) return;
    cache.painted = now;
    const { scale } = cache;
    paintPlane(fit(canvas, scale.width, scale.height), scale, { plane, backdrop: cache.backdrop, place, colour, ...shared });
    showValues(plane, place);
    showOutcome(line, plane, shared.hover);
    describe(canvas, plane, place);
    mark(root, plane, place);
  };
  let exported = { of: '' };
  const picture = () => {
    const [{ scale, plane, of }, place] = [cache, placeNow()];
    if (!plane || !place) return null;
    const { colour } = styleOf(state.race.racers[0]);
    const now = [plane.stamp, of, place, colour].join();
    if (exported.of !== now) exported = { of: now, ...pictureOfPlane(scale, plane, place, colour) };
    return exported;
  };
  return { paint, picture, now: () => cache.plane && cache };
}

/** For tests: which map is shown, and where the cross-hair is. */
function mark(root, plane, place) {
  Object.assign(root.dataset, { stamp: plane.stamp, behind: String(isBehind()), place: place.join() });
}

/** The tuning map: a plane of two settings, coloured by how the descent ends. Dragging on it changes the settings. */
import { fit } from '../core/canvas.js';
import { part, partOf } from '../core/dom.js';
import { paints } from '../core/clock.js';
import { mountOf } from '../core/component_registry.js';
import { inbox } from '../wire/packet.js';
import { bar, showProgress } from '../core/progress.js';
import { on, requestRepaint } from '../core/events.js';
import { currentRace, setPictureBeside, setPlace } from '../core/store.js';
import { styleOf, theme } from '../core/theme.js';
import { unpackPlane } from './tuning_data.js';
import { attachTuningHand, goTo, placeNow } from './tuning_hand.js';
import { showLegend } from './tuning_legend.js';
import { backdrop, paintPlane } from './tuning_paint.js';
import { pictureOfPlane } from './tuning_picture.js';
import { attachValues, describe, showOutcome } from './tuning_readout.js';
import { planeScale } from './tuning_scale.js';
import { onQuestion, isBehind, progress, currentPlane, receiveAnswer } from './tuning_store.js';

/** @import { View } from '../core/component_registry.js' */
/** @import { Mount, Picture } from '../core/types.js' */
/** @import { PlaneScale } from './tuning_scale.js' */
/** @import { Plane } from './tuning_types.js' */
/** @typedef {{scale: PlaneScale, plane: Plane, canvas: HTMLCanvasElement, of: string, painted: string}} Backdrop what stays while a hand drags */

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

/** @type {(parent: HTMLElement, first: Mount<Uint8Array>) => View<Uint8Array>} */
function create(parent, first) {
  const root = document.createElement('div');
  root.className = 'descent-tuning';
  root.dataset.testid = 'tuning';
  root.innerHTML = HTML;
  parent.append(root);
  const shared = { hover: -1, focused: false };
  const map = mapOf(root, shared);
  let mount = first;
  const packets = inbox(unpackPlane, receiveAnswer);
  part(root, 'button').addEventListener('click', () => {
    const best = currentPlane()?.best;
    if (best) goTo(best.place);
  });
  const observer = new ResizeObserver(requestRepaint);
  observer.observe(root);
  setPictureBeside(map.picture);
  const off = [
    attachTuningHand(partOf(HTMLCanvasElement, root, 'canvas'), map.now, shared),
    onQuestion((stamp) => mount.setTriggerValue('settled', stamp)),
    on('tuning', () => showProgress(root, progress())),
    paints(map.paint),
    () => observer.disconnect(),
  ];
  /** @type {(next: Mount<Uint8Array>) => void} */
  const update = (next) => {
    mount = next;
    packets.put(next.data);
  };
  const remove = () => {
    off.forEach((stop) => stop());
    root.remove();
    setPlace(null);
    setPictureBeside(null);
  };
  return { update, remove };
}

/**
 * The canvas and its listeners. It is painted when something that it shows has changed.
 * @param {HTMLElement} root
 * @param {{hover: number, focused: boolean}} shared
 */
function mapOf(root, shared) {
  const canvas = partOf(HTMLCanvasElement, root, 'canvas');
  const [box, line, legend, head] = ['map', 'told', 'legend', 'head'].map((name) => part(root, `.descent-tuning-${name}`));
  const showValues = attachValues(head);
  /** @type {Backdrop | null} */
  let cache = null;

  /** @type {(plane: Plane, width: number) => Backdrop} */
  const backdropOf = (plane, width) => {
    const height = Math.max(LEAST, Math.min(window.innerHeight - BELOW, width * 0.96));
    const of = [theme.name, width, height, isBehind(), window.devicePixelRatio].join();
    if (cache && plane === cache.plane && of === cache.of) return cache;
    const styles = plane.colours[theme.name];
    const scale = planeScale(plane, width, height);
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    showLegend(legend, plane, styles);
    return { scale, plane, of, painted: '', canvas: backdrop(scale, { plane, styles, behind: isBehind() }) };
  };

  const paint = () => {
    const [plane, place, width] = [currentPlane(), placeNow(), box.clientWidth];
    if (!plane || !place || !width) return;
    cache = backdropOf(plane, width);
    const { colour } = styleOf(currentRace().racers[0]);
    const now = [place, shared.hover, shared.focused, colour].join();
    if (now === cache.painted) return;
    cache.painted = now;
    const { scale } = cache;
    paintPlane(fit(canvas, scale.width, scale.height), scale, { plane, backdrop: cache.canvas, place, colour, ...shared });
    showValues(plane, place);
    showOutcome(line, plane, shared.hover);
    describe(canvas, plane, place);
    mark(root, plane, place);
  };
  /** @type {{of: string, picture: Picture} | null} */
  let exported = null;
  const picture = () => {
    const place = placeNow();
    if (!cache || !place) return null;
    const { colour } = styleOf(currentRace().racers[0]);
    const of = [cache.plane.stamp, cache.of, place, colour].join();
    if (exported?.of !== of) exported = { of, picture: pictureOfPlane(cache.scale, cache.plane, place, colour) };
    return exported.picture;
  };
  return { paint, picture, now: () => cache };
}

/**
 * Attributes for tests: which map is shown, and where the cross-hair is.
 * @type {(root: HTMLElement, plane: Plane, place: number[]) => void}
 */
function mark(root, plane, place) {
  Object.assign(root.dataset, { stamp: plane.stamp, behind: String(isBehind()), place: place.join() });
}

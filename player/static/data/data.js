/** The data beside the map, with every racer's line at the common playhead. */
import { fit } from '../core/canvas.js';
import { part, partOf } from '../core/dom.js';
import { paints } from '../core/clock.js';
import { attachDataHead } from './data_head.js';
import { paintData } from './data_paint.js';
import { scaleOf } from './data_scale.js';
import { frame } from '../core/frame.js';
import { mountOf } from '../core/component_registry.js';
import { on, requestRepaint } from '../core/events.js';
import { setData, setSpeed, state } from '../core/store.js';

/** @import { DataPayload, Rows } from '../wire/messages.js' */
/** @import { Data, HeldOut, Mount } from '../core/types.js' */
/** @import { DataScale } from './data_scale.js' */

const HTML = `
  <div class="descent-data-head">
    <div class="descent-chips" role="group" aria-label="Whose batch and errors are shown"></div>
    <button type="button" class="descent-own-surface">Batch’s own surface</button>
  </div>
  <p class="descent-readout"><span></span><span></span></p>
  <div class="descent-picture"><canvas role="img" aria-label="The data, and each racer’s fit at the playhead"></canvas></div>`;

const STACKED = matchMedia('(max-width: 640px)'); // where Streamlit puts columns below one another

const CALM = 0.5; // speed at first: another batch sixteen times a second is a flicker

export const mountData = mountOf(create);

/** @type {(parent: HTMLElement) => {update: (mount: Mount<DataPayload>) => void, remove: () => void}} */
function create(parent) {
  const root = document.createElement('div');
  root.className = 'descent-data';
  root.dataset.testid = 'data';
  root.innerHTML = HTML;
  parent.append(root);
  const head = attachDataHead(root);
  const picture = attachPicture(part(root, '.descent-picture'));
  const off = [
    head.remove,
    picture.remove,
    attachHeight(root),
    paints(() => {
      if (!state.data) return;
      head.read();
      picture.paint();
    }),
  ];
  /** @type {DataPayload | null} */
  let last = null;
  /** @type {(mount: Mount<DataPayload>) => void} */
  const update = ({ data }) => {
    if (data === last) return;
    last = data;
    setData(prepared(data));
  };
  const remove = () => {
    off.forEach((stop) => stop());
    root.remove();
    setData(null);
    if (state.speed === CALM) setSpeed(1);
  };
  if (state.speed === 1) setSpeed(CALM);
  return { update, remove };
}

/**
 * Plain lists as arrays of numbers.
 * @type {(payload: DataPayload) => Data}
 */
function prepared(payload) {
  const { kind, groups, names, parameters, held_out: heldOut } = payload;
  return { kind, groups, names, parameters, ...columnsOf(payload), heldOut: heldOut && columnsOf(heldOut) };
}

/** @type {(rows: Rows) => HeldOut} */
function columnsOf({ rows, ...columns }) {
  const [a1, a2] = rows.map((column) => Float64Array.from(column));
  const [x, y, targets] = [columns.x, columns.y, columns.targets].map((column) => Float64Array.from(column));
  return { x, y, a1, a2, targets };
}

/**
 * The canvas, which fills its box. Its scale is recomputed when the data, the box or the colours change.
 * @type {(box: HTMLElement) => {paint: () => void, remove: () => void}}
 */
function attachPicture(box) {
  const canvas = partOf(HTMLCanvasElement, box, 'canvas');
  /** @type {DataScale | null} */
  let scale = null;
  const stale = () => {
    scale = null;
  };
  const off = [on('data', stale), on('landscape', stale)];
  const observer = new ResizeObserver(() => {
    stale();
    requestRepaint();
  });
  observer.observe(box);
  const paint = () => {
    const { clientWidth: width, clientHeight: height } = box;
    if (!width || !height || !state.data) return;
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    const context = fit(canvas, width, height);
    scale ??= scaleOf(state.data, width, height);
    paintData(context, scale);
  };
  const remove = () => {
    off.forEach((stop) => stop());
    observer.disconnect();
  };
  return { paint, remove };
}

/**
 * Beside the map the panel is as high as the map; below or above it, its picture has a height of its own.
 * @type {(root: HTMLElement) => () => void}
 */
function attachHeight(root) {
  const resize = () => {
    root.style.height = STACKED.matches || !frame.width ? '' : `${frame.height}px`;
  };
  resize();
  STACKED.addEventListener('change', resize);
  const off = on('resize', resize);
  return () => {
    off();
    STACKED.removeEventListener('change', resize);
  };
}

/** The learning rate by step, a curve for every racer, with handles that a hand drags; elsewhere a hand scrubs. */
import { PAD, paintAxes } from '../core/axes.js';
import { between, fit, strokeRun, thinned } from '../core/canvas.js';
import { part, partOf } from '../core/dom.js';
import { paints } from '../core/clock.js';
import { sendDrag } from '../wire/feed.js';
import { mountOf } from '../core/component_registry.js';
import { letGo, paintHandle, refit, updateHandles } from './rate_handles.js';
import { scaled } from './rate_scale.js';
import { attachScrub } from './scrub.js';
import { on, requestRepaint } from '../core/events.js';
import { currentRace, state } from '../core/store.js';
import { ground, styleOf } from '../core/theme.js';

/** @import { Polyline, Racer } from '../core/types.js' */
/** @import { EditorView } from './rate_handles.js' */
/** @import { RateScale } from './rate_scale.js' */

const HTML = `<canvas aria-hidden="true"></canvas><div class="descent-grips"></div><div class="descent-tip" hidden></div>`;

export const mountRateEditor = mountOf(create);

/** @type {(parent: HTMLElement) => {remove: () => void}} */
function create(parent) {
  const root = document.createElement('div');
  root.className = 'descent-rate-editor';
  root.innerHTML = HTML;
  parent.append(root);
  /** @type {EditorView} */
  const view = {
    root,
    scale: null,
    lines: null,
    handles: new Map(),
    hand: null,
    hovered: null,
    sent: '',
    send: (value) => {
      view.sent = String(value);
      sendDrag(value);
    },
  };
  const observer = new ResizeObserver(() => {
    refit(view);
    requestRepaint();
  });
  observer.observe(root);
  const off = [
    paints(() => paint(view)),
    on('race', () => update(view)),
    on('landscape', requestRepaint),
  ];
  attachScrub(part(root, 'canvas'), (px) => (view.scale && state.race ? Math.round(view.scale.step(px)) : null));
  if (state.race) update(view);
  const remove = () => {
    clearTimeout(view.hand?.timer);
    off.forEach((stop) => stop());
    observer.disconnect();
    root.remove();
  };
  return { remove };
}

/**
 * The handles of a new race; its curves are drawn on the old scale as long as a hand holds one.
 * @type {(view: EditorView) => void}
 */
function update(view) {
  updateHandles(view, currentRace().racers);
  if (view.hand && !view.hand.isHeld && view.sent === view.hand.asked) letGo(view);
  if (view.hand) view.lines = null;
  else refit(view);
  requestRepaint();
}

/** @type {(view: EditorView) => void} */
function paint(view) {
  const { clientWidth: width, clientHeight: height } = view.root;
  if (!width) return;
  const canvas = partOf(HTMLCanvasElement, view.root, 'canvas');
  const context = fit(canvas, width, height);
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  const { racers } = currentRace();
  const scale = (view.scale ??= scaled(currentRace(), width, height));
  const lines = (view.lines ??= racers.map(({ rate }) => thinned(Array.from(rate, (_, i) => scale.x(i)), Array.from(rate, scale.y))));
  paintAxes(context, scale, width, height);
  context.save();
  context.beginPath();
  context.rect(PAD.left - 2, 0, width, height - PAD.bottom + 3);
  context.clip();
  racers.forEach((racer, i) => paintRun(context, scale, racer, lines[i]));
  context.restore();
  paintPlayhead(context, scale, height);
  view.handles.forEach((handle) => paintHandle(context, view, scale, handle));
}

/**
 * All of a curve in its colour and dash, since all of it is edited; the part behind the playhead stronger.
 * @type {(context: CanvasRenderingContext2D, scale: RateScale, racer: Racer, line: Polyline) => void}
 */
function paintRun(context, scale, racer, line) {
  const { colour, dash } = styleOf(racer);
  Object.assign(context, { strokeStyle: colour, lineWidth: 1.6, globalAlpha: 0.6 });
  context.setLineDash(dash);
  context.beginPath();
  line.x.forEach((x, i) => context.lineTo(x, line.y[i]));
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
  const head = [scale.x(Math.min(state.playhead, racer.steps)), scale.y(between(racer.rate, state.playhead))];
  strokeRun(context, line, state.playhead, head, { colour, dash, casing: ground().paper, width: 2.2 });
}

/** @type {(context: CanvasRenderingContext2D, scale: RateScale, height: number) => void} */
function paintPlayhead(context, scale, height) {
  const x = Math.round(scale.x(state.playhead)) + 0.5;
  Object.assign(context, { strokeStyle: ground().ink, lineWidth: 1 });
  context.beginPath();
  context.moveTo(x, PAD.top);
  context.lineTo(x, height - PAD.bottom);
  context.stroke();
}

/** The learning rate by step, a curve for every racer, with handles that a hand drags; elsewhere a hand scrubs. */
import { PAD, paintAxes } from '../core/axes.js';
import { between, fit, strokeRun, thinned } from '../core/canvas.js';
import { paints } from '../core/clock.js';
import { sendDrag } from '../wire/feed.js';
import { mountOf } from '../core/component_registry.js';
import { letGo, paintHandle, refit, updateHandles } from './rate_handles.js';
import { scaled } from './rate_scale.js';
import { attachScrub } from './scrub.js';
import { emit, on, state } from '../core/store.js';
import { ground, styleOf } from '../core/theme.js';

const HTML = `<canvas aria-hidden="true"></canvas><div class="descent-grips"></div><div class="descent-tip" hidden></div>`;

const repaint = () => emit('resize');

export const mountRateEditor = mountOf(create);

function create(parent) {
  const root = document.createElement('div');
  root.className = 'descent-rate-editor';
  root.innerHTML = HTML;
  parent.append(root);
  /** @type {{root: HTMLElement, scale: any, lines: any, handles: Map<string, import('./rate_handles.js').Handle>, hand: any, sent: string}} */
  const view = { root, scale: null, lines: null, handles: new Map(), hand: null, sent: '' };
  view.send = (value) => {
    view.sent = String(value);
    sendDrag(value);
  };
  const observer = new ResizeObserver(() => {
    refit(view);
    repaint();
  });
  observer.observe(root);
  const off = [
    paints(() => paint(view)),
    on('race', () => update(view)),
    on('landscape', repaint),
  ];
  attachScrub(root.querySelector('canvas'), (px) => (view.scale && state.race ? Math.round(view.scale.step(px)) : null));
  if (state.race) update(view);
  const remove = () => {
    clearTimeout(view.hand?.timer);
    off.forEach((stop) => stop());
    observer.disconnect();
    root.remove();
  };
  return { remove };
}

/** The handles of a new race; its curves are drawn on the old scale as long as a hand holds one. */
function update(view) {
  updateHandles(view, state.race.racers);
  if (view.hand && !view.hand.held && view.sent === view.hand.asked) letGo(view);
  if (view.hand) view.lines = null;
  else refit(view);
  repaint();
}

function paint(view) {
  const { clientWidth: width, clientHeight: height } = view.root;
  if (!width) return;
  const canvas = view.root.querySelector('canvas');
  const context = fit(canvas, width, height);
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  view.scale ??= scaled(width, height);
  view.lines ??= state.race.racers.map(({ rate }) => thinned(Array.from(rate, (_, i) => view.scale.x(i)), Array.from(rate, view.scale.y)));
  paintAxes(context, view.scale, width, height);
  context.save();
  context.beginPath();
  context.rect(PAD.left - 2, 0, width, height - PAD.bottom + 3);
  context.clip();
  state.race.racers.forEach((racer, i) => paintRun(context, view.scale, racer, view.lines[i]));
  context.restore();
  paintPlayhead(context, view.scale, height);
  view.handles.forEach((handle) => paintHandle(context, view, handle));
}

/** All of a curve in its colour and dash, since all of it is edited; the part behind the playhead stronger. */
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

function paintPlayhead(context, scale, height) {
  const x = Math.round(scale.x(state.playhead)) + 0.5;
  Object.assign(context, { strokeStyle: ground().ink, lineWidth: 1 });
  context.beginPath();
  context.moveTo(x, PAD.top);
  context.lineTo(x, height - PAD.bottom);
  context.stroke();
}

/** Exports that the browser makes: the view as a picture, the race as a film. */
import { part, partOf, parts } from '../core/dom.js';
import { film, filmKind } from './export_film.js';
import { png, svg } from './export_picture.js';
import { mountOf } from '../core/component_registry.js';

/** @import { ExportsPayload } from '../wire/messages.js' */
/** @import { Mount } from '../core/types.js' */

const SECONDS = 7;
const HTML = `
  <button type="button" data-export="png">Picture (PNG)<small>The map as it is now, with its legend</small></button>
  <button type="button" data-export="svg">Picture (SVG)<small>The same in lines and text, sharp at any size</small></button>
  <button type="button" data-export="film">Film<small>The race from its first step to its last</small></button>
  <div class="descent-recording" hidden>Recording <progress max="1" aria-label="Recording"></progress><button type="button">Cancel</button></div>
  <p role="status"></p>`;

/**
 * The film that is being recorded, if any. Recording goes on while the list is closed.
 * @type {{share: number, stop: AbortController} | null}
 */
let recording = null;

/** Its data: the `name` that the files get, without an ending. */
export const mountExports = mountOf(create);

/** @type {(parent: HTMLElement) => {update: (mount: Mount<ExportsPayload>) => void, remove: () => void}} */
function create(parent) {
  const root = document.createElement('div');
  root.className = 'descent-exports';
  root.innerHTML = HTML;
  parent.append(root);
  const kind = filmKind();
  /** @type {(name: string) => HTMLElement} */
  const button = (name) => part(root, `[data-export=${name}]`);
  button('film').firstChild?.replaceWith(kind ? `Film (${kind[1] === 'webm' ? 'WebM' : 'MP4'})` : 'Film');
  button('png').addEventListener('click', () => saveAs(root, 'png', png));
  button('svg').addEventListener('click', () => saveAs(root, 'svg', svg));
  button('film').addEventListener('click', () => (kind ? record(root, kind[1]) : say(root, 'This browser can’t record films. Chrome, Firefox and Safari can.')));
  part(root, '.descent-recording button').addEventListener('click', () => recording?.stop.abort());
  showRecording();
  /** @type {(mount: Mount<ExportsPayload>) => void} */
  const update = ({ data }) => {
    root.dataset.name = data.name;
  };
  return { update, remove: () => root.remove() };
}

/** @type {(root: HTMLElement, ending: string, make: () => Promise<Blob | null>) => Promise<void>} */
async function saveAs(root, ending, make) {
  const name = `${root.dataset.name}.${ending}`;
  say(root, '');
  try {
    const blob = await make();
    if (blob) save(blob, name);
  } catch (error) {
    say(root, error instanceof Error ? error.message : String(error));
  }
}

/** @type {(root: HTMLElement, ending: string) => Promise<void>} */
async function record(root, ending) {
  if (recording) return;
  const started = { share: 0, stop: new AbortController() };
  recording = started;
  showRecording();
  /** @type {(share: number) => void} */
  const onProgress = (share) => {
    started.share = share;
    showRecording();
  };
  await saveAs(root, ending, () => film(Number(root.dataset.seconds ?? SECONDS), onProgress, started.stop.signal));
  recording = null;
  showRecording();
}

/** In every list that is open. */
function showRecording() {
  for (const root of parts(document, '.descent-exports')) {
    part(root, '.descent-recording').hidden = !recording;
    part(root, '[data-export=film]').hidden = Boolean(recording);
    partOf(HTMLProgressElement, root, 'progress').value = recording?.share ?? 0;
  }
}

/** @type {(root: HTMLElement, text: string) => void} */
function say(root, text) {
  part(root, '[role=status]').textContent = text;
}

/** @type {(blob: Blob, name: string) => void} */
function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

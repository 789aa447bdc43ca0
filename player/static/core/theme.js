/** Colours: the palette comes with the landscape, light or dark from Streamlit's own CSS variables. */
import { context2d } from './canvas.js';
import { currentLandscape } from './store.js';

/**
 * Whether the page is dark, from the background of its theme.
 * @type {(element: Element) => boolean}
 */
export function isDark(element) {
  const colour = getComputedStyle(element).getPropertyValue('--st-background-color').trim();
  const probe = context2d(document.createElement('canvas'));
  probe.fillStyle = colour || '#fff';
  probe.fillRect(0, 0, 1, 1);
  const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
  return red * 0.3 + green * 0.59 + blue * 0.11 < 128;
}

/**
 * Tell the page's style which theme is on.
 * @type {(element: Element) => void}
 */
export function markTheme(element) {
  document.documentElement.dataset.descentTheme = isDark(element) ? 'dark' : 'light';
}

/**
 * The theme that is on; set by the map's mount.
 * @type {{name: 'light' | 'dark', font: string}}
 */
export const theme = { name: 'light', font: 'sans-serif' };

/** Ground colours of the theme that is on. */
export const ground = () => currentLandscape().palette[theme.name];

/**
 * Colour and dash of a racer: its style's own; a later racer of the same style has another tone and dash.
 * @type {(racer: {style: string, variant: number}) => {colour: string, dash: number[]}}
 */
export function styleOf(racer) {
  const [colour, dash] = currentLandscape().palette.styles[theme.name][racer.style][racer.variant];
  return { colour, dash };
}

/** Colours: the palette comes with the landscape, light or dark from Streamlit's own CSS variables. */
import { state } from './store.js';

/** Whether the page is dark, from the background of its theme. */
export function isDark(element) {
  const colour = getComputedStyle(element).getPropertyValue('--st-background-color').trim();
  const probe = document.createElement('canvas').getContext('2d');
  probe.fillStyle = colour || '#fff';
  probe.fillRect(0, 0, 1, 1);
  const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
  return red * 0.3 + green * 0.59 + blue * 0.11 < 128;
}

/** Tell the page's style which theme is on. */
export function markTheme(element) {
  document.documentElement.dataset.descentTheme = isDark(element) ? 'dark' : 'light';
}

/** The name of the theme that is on: 'light' or 'dark'; set by the map's mount. */
export const theme = { name: 'light', font: 'sans-serif' };

/** Ground colours of the theme that is on. */
export const ground = () => state.landscape.palette[theme.name];

/** Colour and dash of a racer: its style's own; a later racer of the same style has another tone and dash. */
export function styleOf(racer) {
  const [colour, dash] = state.landscape.palette.styles[theme.name][racer.style][racer.variant];
  return { colour, dash };
}

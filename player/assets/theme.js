/** Colours: the palette comes with the stage, light or dark from Streamlit's own CSS variables. */
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

/** The name of the theme that is on: 'light' or 'dark'; set by the map's mount. */
export const theme = { name: 'light', font: 'sans-serif' };

/** Ground colours of the theme that is on. */
export const ground = () => state.stage.palette[theme.name];

const TWIN_DASHES = [null, [3, 3], [14, 4], [14, 3, 2, 3], [1, 4], [6, 6], [20, 4], [10, 2, 2, 2]];

/** Colour and dash of a racer: its method's; a second racer of the same method gets another dash and tone. */
export function look(racer) {
  const method = state.stage.palette.methods[racer.method];
  if (!racer.twin) return { colour: method[theme.name], dash: method.dash };
  return { colour: mix(method[theme.name], ground().ink, 0.42), dash: TWIN_DASHES[racer.twin] ?? [] };
}

function mix(one, other, share) {
  const part = (colour, at) => parseInt(colour.slice(at, at + 2), 16);
  const channel = (at) => Math.round(part(one, at) * (1 - share) + part(other, at) * share);
  return `rgb(${channel(1)}, ${channel(3)}, ${channel(5)})`;
}

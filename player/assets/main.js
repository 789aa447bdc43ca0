/** Entry: one module for all mounts, so that the map, the curves and the sliders share one playhead. */
import { mountAnatomy } from './anatomy.js';
import { mountBasins } from './basins.js';
import { mountBasinsFeed } from './basins_feed.js';
import { mountCopyLink } from './copy_link.js';
import { mountData } from './data.js';
import { mountEnergy } from './energy.js';
import { mountExports } from './exports.js';
import { receive } from './feed.js';
import { mountLiveSlider } from './live_slider.js';
import { mountMap } from './map.js';
import { mountPicks } from './picks.js';
import { loadPlotly } from './plotly.js';
import { mountRateEditor } from './rate_editor.js';
import { mountSentence } from './sentence.js';
import { mountSettled } from './settled.js';
import { mountSide } from './side.js';
import { markTheme } from './theme.js';
import { mountTuning } from './tuning.js';
import { mountTuningFeed } from './tuning_feed.js';

const MOUNTS = {
  descent_map: mountMap,
  descent_side: mountSide,
  descent_sentence: mountSentence,
  descent_feed: receive,
  descent_live_slider: mountLiveSlider,
  descent_copy_link: mountBar,
  descent_exports: mountExports,
  descent_anatomy: mountAnatomy,
  descent_energy: mountEnergy,
  descent_settled: mountSettled,
  descent_data: mountData,
  descent_picks: mountPicks,
  descent_rate_editor: mountRateEditor,
  descent_basins: mountBasins,
  descent_basins_feed: mountBasinsFeed,
  descent_tuning: mountTuning,
  descent_tuning_feed: mountTuningFeed,
};

loadPlotly(); // while the server is still at work

/** The bar is on every page, so it says which theme is on. */
function mountBar(component) {
  markTheme(component.parentElement);
  return mountCopyLink(component);
}

const sheet = document.createElement('link');
sheet.rel = 'stylesheet';
sheet.href = new URL('player.css', import.meta.url).href;
document.head.append(sheet);

/**
 * Called by Streamlit when a component appears, gets new data, or the theme changes.
 * @param {import('./types.js').Mount} component
 * @returns {(() => void) | undefined} clean-up
 */
export const mount = (component) => MOUNTS[component.name](component);

/** Entry: one module for all components, so that the map, the curves and the sliders share one playhead. */
import { mountAnatomy } from './map/anatomy.js';
import { mountBasins } from './basins/basins.js';
import { mountBasinsFeed } from './basins/basins_feed.js';
import { mountCopyLink } from './controls/copy_link.js';
import { mountData } from './data/data.js';
import { mountEnergy } from './charts/energy.js';
import { mountExports } from './export/exports.js';
import { dropOthers } from './core/browser_cache.js';
import { receive } from './wire/feed.js';
import { mountLiveSlider } from './controls/live_slider.js';
import { mountMap } from './map/map.js';
import { mountBatchRows } from './data/batch_rows.js';
import { servePlotly } from './core/plotly.js';
import { mountRateEditor } from './charts/rate_editor.js';
import { mountSentence } from './charts/sentence.js';
import { mountIdleCallback } from './charts/idle_callback.js';
import { mountSide } from './charts/side.js';
import { markTheme } from './core/theme.js';
import { mountTuning } from './tuning/tuning.js';
import { mountTuningFeed } from './tuning/tuning_feed.js';
import css from './player.css' with { type: 'text' };

/** @type {Record<string, (component: import('./core/types.js').Mount<any>) => () => void>} */
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
  descent_idle_callback: mountIdleCallback,
  descent_data: mountData,
  descent_batch_rows: mountBatchRows,
  descent_rate_editor: mountRateEditor,
  descent_basins: mountBasins,
  descent_basins_feed: mountBasinsFeed,
  descent_tuning: mountTuning,
  descent_tuning_feed: mountTuningFeed,
};

/**
 * Tell the style which theme is on. The bar does it, since it is on every page.
 * @type {(component: import('./core/types.js').Mount) => () => void}
 */
function mountBar(component) {
  markTheme(component.parentElement);
  return mountCopyLink(component);
}

const sheet = document.createElement('style');
sheet.textContent = css;
document.head.append(sheet);

/**
 * Called by Streamlit when a component appears, gets new data, or the theme changes.
 * @type {(component: import('./core/types.js').Mount) => () => void}
 */
const mount = (component) => MOUNTS[component.name](component);

/**
 * Called once, by the first component that appears.
 * @param {string} base how the addresses of all our files connect
 * @param {string} player the address of this file
 * @param {string} plotly
 */
export function connect(base, player, plotly) {
  servePlotly(plotly); // while the server is still at work
  dropOthers(base, [player, plotly]);
  return mount;
}

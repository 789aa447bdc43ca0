/** Who is looked at closely: the first racer with a mini-batch, else with momentum, until a hand chooses another. */
import { batchAt } from './batch_rows.js';
import { emit, on, state, step } from '../core/store.js';

let byHand = false;

on('race', ({ racers }) => {
  if (state.chosen >= racers.length) byHand = false;
  if (byHand) return;
  const smaller = racers.findIndex(({ size, samples }) => size < samples);
  state.chosen = Math.max(smaller >= 0 ? smaller : racers.findIndex(({ energy, stability_threshold: threshold }) => energy && threshold > 2), 0);
});

/** Choose a racer by its number. */
export function choose(index) {
  byHand = true;
  state.chosen = index;
  emit('chosen');
}

/** @returns {import('../core/types.js').Racer} */
export const chosenRacer = () => state.race?.racers[state.chosen];

/** The chosen racer's step that is under way, counted from 0; at the end it is the last one. */
export const stepUnderWay = () => Math.max(0, Math.min(step(), chosenRacer().steps - 1));

/** The rows that step looks at: null for all, undefined if they are not known. */
export const batchUnderWay = () => batchAt(chosenRacer(), stepUnderWay());

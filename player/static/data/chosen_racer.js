/** The racer that is shown in detail: the first one with a mini-batch, else with momentum, until another is chosen. */
import { on } from '../core/events.js';
import { currentRace, setChosen, state, step } from '../core/store.js';
import { batchAt } from './batch_rows.js';

/** @import { Racer } from '../core/types.js' */

let byHand = false;

on('race', () => {
  const { racers } = currentRace();
  if (state.chosen >= racers.length) byHand = false;
  if (byHand) return;
  const smaller = racers.findIndex(({ size, samples }) => size < samples);
  const swinging = racers.findIndex(({ energy, stability_threshold: threshold }) => energy && (threshold ?? 0) > 2);
  setChosen(Math.max(smaller >= 0 ? smaller : swinging, 0), true);
});

/**
 * Choose a racer by its number.
 * @type {(index: number) => void}
 */
export function choose(index) {
  byHand = true;
  setChosen(index);
}

/** @type {() => Racer | undefined} */
export const chosenRacer = () => state.race?.racers[state.chosen];

/**
 * A racer's step that is under way, counted from 0; at the end it is the last one.
 * @type {(racer: Racer) => number}
 */
export const stepUnderWay = ({ steps }) => Math.max(0, Math.min(step(), steps - 1));

/**
 * The rows that step looks at: null for all, undefined if they are not known.
 * @type {(racer: Racer) => Uint16Array | null | undefined}
 */
export const batchUnderWay = (racer) => batchAt(racer, stepUnderWay(racer));

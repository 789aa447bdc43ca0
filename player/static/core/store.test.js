import assert from 'node:assert/strict';
import test from 'node:test';
import { on } from './events.js';
import { currentRace, pauseAt, play, seek, setRace, state, withState } from './store.js';

test('the playhead stays on the run', () => {
  assert.throws(currentRace, /no race/);
  setRace({ steps: 20, racers: [] }, { playing: true, playhead: 99 });
  assert.deepEqual([state.playhead, state.playing], [20, true]);
  seek(-3);
  assert.equal(state.playhead, 0);
  seek(15);
  setRace({ steps: 10, racers: [] });
  assert.equal(state.playhead, 10);
});

test('playing from the end starts over', () => {
  setRace({ steps: 10, racers: [] }, { playing: false, playhead: 10 });
  play(true);
  assert.deepEqual([state.playhead, state.playing], [0, true]);
  pauseAt(4);
  assert.deepEqual([state.playhead, state.playing], [4, false]);
});

test('another race is told of once it is the state’s', () => {
  const race = { steps: 3, racers: [] };
  let current = null;
  const off = on('race', () => {
    current = state.race;
  });
  setRace(race);
  off();
  assert.equal(current, race);
});

test('other values are the state’s only meanwhile, though it fails', () => {
  const before = { ...state };
  assert.equal(withState({ playhead: 7, offline: true }, () => state.playhead), 7);
  assert.throws(() => withState({ offline: true }, () => assert.fail()));
  assert.deepEqual({ ...state }, before);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { NO_HAND, pressed } from './hand.js';

/** What follows each of some presses: kind, x, and whether it is a finger, or near. */
function effects(...presses) {
  let hand = NO_HAND;
  return presses.map(([kind, x, options = {}]) => {
    const next = pressed(hand, { kind, at: [x, 0], touch: false, near: false, ...options });
    hand = next.hand;
    return next.effect;
  });
}

const FINGER = { touch: true };

test('a mouse drags from wherever it comes down, and reads before and after', () => {
  assert.deepEqual(effects(['move', 1], ['down', 5], ['move', 9], ['up', 9], ['move', 2]), ['read', 'go', 'go', 'none', 'read']);
});

test('a finger drags from what is dragged only', () => {
  const near = { touch: true, near: true };
  assert.deepEqual(effects(['down', 5, near], ['move', 50, FINGER], ['up', 50, FINGER]), ['go', 'go', 'none']);
});

test('a finger far off taps, unless it slips or is taken away', () => {
  assert.deepEqual(effects(['down', 5, FINGER], ['move', 9, FINGER], ['up', 9, FINGER]), ['none', 'none', 'go']);
  assert.deepEqual(effects(['down', 5, FINGER], ['move', 15, FINGER], ['up', 15, FINGER]), ['none', 'none', 'none']);
  assert.deepEqual(effects(['down', 5, FINGER], ['cancel', 5, FINGER]), ['none', 'none']);
});

test('a finger that glides reads nothing', () => {
  assert.deepEqual(effects(['move', 1, FINGER], ['up', 1, FINGER]), ['none', 'none']);
});

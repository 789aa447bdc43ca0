import assert from 'node:assert/strict';
import test from 'node:test';
import { NO_HANDS, pressed } from './map_hand.js';

/** What follows each of some presses, and the hands after all of them. */
function run(...presses) {
  let hands = NO_HANDS;
  const effects = presses.map(([kind, at, options = {}]) => {
    const next = pressed(hands, { kind, id: 1, at, touch: false, near: false, pans: false, ...options });
    hands = next.hands;
    return next.effect;
  });
  return { effects, hands };
}

const FINGER = { touch: true };
const SECOND = { touch: true, id: 2 };

test('a mouse moves the start from wherever it comes down', () => {
  const { effects, hands } = run(['down', [5, 5]], ['move', [8, 9]], ['up', [8, 9]], ['move', [1, 1]]);
  assert.deepEqual(effects, [{ kind: 'start', at: [5, 5] }, { kind: 'start', at: [8, 9] }, null, { kind: 'read', at: [1, 1] }]);
  assert.deepEqual([hands.mode, hands.pointers.size], [null, 0]);
});

test('with Shift, another button, or on a race that is fixed it pans', () => {
  const { effects } = run(['down', [5, 5], { pans: true }], ['move', [8, 4]], ['up', [8, 4]]);
  assert.deepEqual(effects, [null, { kind: 'pan', dx: 3, dy: -1 }, null]);
});

test('a finger drags the start from near it, and taps elsewhere', () => {
  const near = { touch: true, near: true };
  assert.deepEqual(run(['down', [5, 5], near], ['move', [60, 5], FINGER]).effects[1], { kind: 'start', at: [60, 5] });
  assert.deepEqual(run(['down', [5, 5], FINGER], ['up', [6, 5], FINGER]).effects, [null, { kind: 'start', at: [6, 5] }]);
  assert.deepEqual(run(['down', [5, 5], FINGER], ['move', [50, 5], FINGER], ['up', [50, 5], FINGER]).effects, [null, null, null]);
  assert.deepEqual(run(['down', [5, 5], FINGER], ['cancel', [5, 5], FINGER]).effects, [null, null]);
});

test('two fingers pinch, each around the other', () => {
  const { effects, hands } = run(['down', [0, 0], FINGER], ['down', [10, 0], SECOND], ['move', [20, 0], SECOND], ['move', [-5, 0], FINGER]);
  assert.deepEqual(effects.slice(2), [
    { kind: 'pinch', other: [0, 0], before: [10, 0], now: [20, 0] },
    { kind: 'pinch', other: [20, 0], before: [0, 0], now: [-5, 0] },
  ]);
  assert.equal(hands.mode, 'pinch');
  assert.deepEqual(run(['down', [0, 0], FINGER], ['down', [10, 0], SECOND], ['up', [0, 0], FINGER], ['move', [20, 0], SECOND]).effects[3], null);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { emit, on, requestRepaint, takeRepaint } from './events.js';

test('who listens is told, until it is taken off', () => {
  let heard = 0;
  const off = on('zoom', () => (heard += 1));
  emit('zoom');
  emit('resize');
  off();
  emit('zoom');
  assert.equal(heard, 1);
});

test('an event and a request are painted once', () => {
  takeRepaint();
  assert.equal(takeRepaint(), false);
  emit('seek');
  assert.equal(takeRepaint(), true);
  requestRepaint();
  assert.deepEqual([takeRepaint(), takeRepaint()], [true, false]);
});

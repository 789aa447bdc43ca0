import assert from 'node:assert/strict';
import test from 'node:test';
import { inbox } from './packet.js';

/** An inbox whose packets are opened when told to. */
function slow() {
  const open = [];
  const delivered = [];
  const box = inbox((packed) => new Promise((resolve) => open.push(() => resolve(packed[0]))), (message) => delivered.push(message));
  return { ...box, open, delivered, rest: () => new Promise((resolve) => setImmediate(resolve)) };
}

test('a packet is delivered once', async () => {
  const { put, open, delivered, rest } = slow();
  const packet = Uint8Array.of(1);
  put(packet);
  put(packet);
  open.forEach((done) => done());
  await rest();
  assert.deepEqual([delivered, open.length], [[1], 1]);
});

test('what a newer one has overtaken is left out', async () => {
  const { put, open, delivered, rest } = slow();
  put(Uint8Array.of(1));
  put(Uint8Array.of(2));
  open[1]();
  open[0]();
  await rest();
  assert.deepEqual(delivered, [2]);
});

test('nothing is no packet, and a forgotten one may come again', async () => {
  const { put, forget, open, delivered, rest } = slow();
  const packet = Uint8Array.of(3);
  put(null);
  put(new Uint8Array(0));
  put(packet);
  open[0]();
  await rest();
  forget();
  put(packet);
  open[1]();
  await rest();
  assert.deepEqual(delivered, [3, 3]);
});

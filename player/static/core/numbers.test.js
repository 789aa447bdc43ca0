import assert from 'node:assert/strict';
import test from 'node:test';
import { formatNumber, grouped, power, typedNumber } from './numbers.js';

test('a power of ten has its exponent raised', () => {
  assert.deepEqual([0, 1, -12].map(power), ['1', '10¹', '10⁻¹²']);
});

test('what is no number is a dash', () => {
  assert.deepEqual([null, undefined, NaN].map((value) => formatNumber(value)), ['–', '–', '–']);
});

test('thousands stand apart', () => {
  assert.deepEqual([999, 1000, 1234567].map(grouped), ['999', '1 000', '1 234 567']);
});

test('a number is read as hands type it', () => {
  assert.deepEqual([' 0,5', '−2', '1e-3', '7'].map(typedNumber), [0.5, -2, 0.001, 7]);
  assert.ok(['', '  ', 'x', '1 2'].every((text) => Number.isNaN(typedNumber(text))));
});

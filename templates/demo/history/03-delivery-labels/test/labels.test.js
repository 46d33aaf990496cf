import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deliveryLabel } from '../src/labels.js';
import { createOrders } from '../src/orders.js';

test('writes name, street and city', () => {
  const { body } = deliveryLabel(new URLSearchParams('id=1'), createOrders(3));
  assert.deepEqual(body.lines, ['Ada', '1 rue des Lilas', 'PARIS']);
});

test('answers 404 for an order that does not exist', () => {
  assert.equal(deliveryLabel(new URLSearchParams('id=9'), createOrders(3)).status, 404);
});

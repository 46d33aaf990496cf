import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOrders, listOrders, showOrder } from '../src/orders.js';

const query = (text) => new URLSearchParams(text);

test('lists twenty orders a page', () => {
  const { body } = listOrders(query('page=2'), createOrders(100));
  assert.deepEqual([body.length, body[0].id], [20, 41]);
});

test('shows an order', () => {
  assert.equal(showOrder(query('id=3'), createOrders(10)).body.id, 3);
});

test('answers 404 for an order that does not exist', () => {
  assert.equal(showOrder(query('id=99'), createOrders(10)).status, 404);
});

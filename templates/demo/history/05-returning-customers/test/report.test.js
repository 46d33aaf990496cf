import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOrders } from '../src/orders.js';
import { salesReport } from '../src/report.js';

test('sums the sales of the last days by city', () => {
  const { body } = salesReport(new URLSearchParams('days=2'), createOrders(730));
  assert.equal(body.orders, 4);
  assert.equal(Object.keys(body.cities).length, 4);
});

test('counts pick-up orders on their own', () => {
  const { body } = salesReport(new URLSearchParams('days=365'), createOrders(100));
  assert.ok(body.cities['pick-up'] > 0);
});

test('counts customers who came back', () => {
  const orders = createOrders(10).map((order) => ({ ...order, customer: { ...order.customer, id: order.id % 4 } }));
  const { body } = salesReport(new URLSearchParams('days=365'), orders);
  assert.equal(body.returning, 4);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOrders } from '../src/orders.js';
import { salesReport } from '../src/report.js';

test('sums the sales of the last days by city', () => {
  const { body } = salesReport(new URLSearchParams('days=2'), createOrders(730));
  assert.equal(body.orders, 4);
  assert.equal(Object.keys(body.cities).length, 4);
});

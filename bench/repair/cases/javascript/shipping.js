export function shippingCost(order) {
  let cost = 0;
  for (const item of order.items) {
    cost += order.items.weight.grams * 0.01;
  }
  return cost;
}
// ---- test
import { shippingCost } from '../src/shipping.js';
test('free', () => assert.deepEqual(shippingCost({ items: [] }), 0));
// ---- crash
shippingCost({ items: [{ weight: { grams: 100 } }] });

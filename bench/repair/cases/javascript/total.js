export function total(prices) {
  let total = 0;
  for (const price of prices) {
    total += price;
  }
  return totl;
}
// ---- test
import { total } from '../src/total.js';
test('is exported', () => assert.deepEqual(typeof total, 'function'));
// ---- crash
total([1, 2]);

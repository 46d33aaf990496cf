export function priceOf(name, products) {
  const product = products.find((one) => one.name === name);
  return product.price;
}
// ---- test
import { priceOf } from '../src/lookup.js';
test('finds', () => assert.deepEqual(priceOf('tea', [{ name: 'tea', price: 4 }]), 4));
// ---- crash
priceOf('milk', [{ name: 'tea', price: 4 }]);

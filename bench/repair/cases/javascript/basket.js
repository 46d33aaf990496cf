export class Basket {
  constructor(customer) {
    this.customer = customer;
  }

  label() {
    return this.customer.name.trim();
  }
}
// ---- test
import { Basket } from '../src/basket.js';
test('labels', () => assert.deepEqual(new Basket({ name: ' Ada ' }).label(), 'Ada'));
// ---- crash
new Basket(null).label();

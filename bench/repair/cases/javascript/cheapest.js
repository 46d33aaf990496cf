export function cheapest(offers) {
  let best = offers[0];
  for (let i = 1; i <= offers.length; i++) {
    if (offers[i].price < best.price) best = offers[i];
  }
  return best;
}
// ---- test
import { cheapest } from '../src/cheapest.js';
test('is exported', () => assert.deepEqual(typeof cheapest, 'function'));
// ---- crash
cheapest([{ price: 3 }, { price: 2 }]);

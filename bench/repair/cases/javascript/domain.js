export function domainOf(address) {
  const at = address.match(/@(.+)$/);
  return at[1].toLowerCase();
}
// ---- test
import { domainOf } from '../src/domain.js';
test('reads', () => assert.deepEqual(domainOf('a@B.org'), 'b.org'));
// ---- crash
domainOf('nobody');

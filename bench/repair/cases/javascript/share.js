export function share(part, whole) {
  return Number((BigInt(part) * 100n) / BigInt(whole));
}
// ---- test
import { share } from '../src/share.js';
test('half', () => assert.deepEqual(share(1, 2), 50));
// ---- crash
share(1, 0);

export function depth(node) {
  return 1 + Math.max(depth(node.left), depth(node.right));
}
// ---- test
import { depth } from '../src/depth.js';
test('is exported', () => assert.deepEqual(typeof depth, 'function'));
// ---- crash
depth({ left: null, right: null });

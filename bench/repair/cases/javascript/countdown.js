export function countdown(n) {
  if (n === 0) return [];
  return [n, ...countdown(n - 1)];
}
// ---- test
import { countdown } from '../src/countdown.js';
test('counts', () => assert.deepEqual(countdown(2), [2, 1]));
// ---- crash
countdown(-1);

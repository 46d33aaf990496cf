export function average(readings) {
  return readings.reduce((sum, one) => sum + one) / readings.length;
}
// ---- test
import { average } from '../src/average.js';
test('averages', () => assert.deepEqual(average([2, 4]), 3));
// ---- crash
average([]);

export function warmest(days) {
  let warmest = null;
  for (const day of days) {
    if (warmest === null || day.high.celsius > warmest) warmest = day.high.celsius;
  }
  return warmest;
}
// ---- test
import { warmest } from '../src/temperature.js';
test('warm', () => assert.deepEqual(warmest([{ high: { celsius: 9 } }]), 9));
// ---- crash
warmest([{ high: { celsius: 9 } }, {}]);

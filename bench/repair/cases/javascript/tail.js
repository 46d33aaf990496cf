export function latest(entries) {
  const entry = entries[entries.length];
  return entry.at;
}
// ---- test
import { latest } from '../src/tail.js';
test('is exported', () => assert.deepEqual(typeof latest, 'function'));
// ---- crash
latest([{ at: 5 }]);

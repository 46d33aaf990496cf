export function readSettings(text) {
  const settings = JSON.parse(text);
  return { theme: settings.theme ?? 'light' };
}
// ---- test
import { readSettings } from '../src/settings.js';
test('reads', () => assert.deepEqual(readSettings('{"theme":"dark"}'), { theme: 'dark' }));
// ---- crash
readSettings('');

export function tidy(names) {
  return names.map((name) => name.trim()).fliter((name) => name !== '');
}
// ---- test
import { tidy } from '../src/typo.js';
test('is exported', () => assert.deepEqual(typeof tidy, 'function'));
// ---- crash
tidy([' a ', '']);

export function initials(person) {
  return person.first[0].toUpperCase() + person.last[0].toUpperCase();
}
// ---- test
import { initials } from '../src/initials.js';
test('two letters', () => assert.deepEqual(initials({ first: 'ada', last: 'lovelace' }), 'AL'));
// ---- crash
initials({ first: 'ada', last: '' });

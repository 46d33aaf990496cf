export function byCity(people) {
  const groups = {};
  for (const person of people) {
    groups[person.city].push(person.name);
  }
  return groups;
}
// ---- test
import { byCity } from '../src/grouping.js';
test('nobody lives nowhere', () => assert.deepEqual(byCity([]), {}));
// ---- crash
byCity([{ name: 'Ada', city: 'Paris' }]);

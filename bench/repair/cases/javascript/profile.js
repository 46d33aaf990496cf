async function load(id) {
  return { id, name: { first: 'Ada' } };
}

export async function firstName(id) {
  const user = load(id);
  return user.name.first;
}
// ---- test
import { firstName } from '../src/profile.js';
test('is exported', () => assert.deepEqual(typeof firstName, 'function'));
// ---- crash
await firstName(1);

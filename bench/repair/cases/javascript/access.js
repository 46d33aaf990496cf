export function mayEdit(user) {
  if (user || user.role === 'admin') {
    return user.role !== 'guest';
  }
  return false;
}
// ---- test
import { mayEdit } from '../src/access.js';
test('may', () => assert.deepEqual(mayEdit({ role: 'admin' }), true));
// ---- crash
mayEdit(null);

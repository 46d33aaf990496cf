const users = new Map([['ada', { name: 'Ada' }]]);

export function greeting(login) {
  const user = users.get(login);
  return `Hello ${user.name}`;
}
// ---- test
import { greeting } from '../src/greeting.js';
test('greets', () => assert.deepEqual(greeting('ada'), 'Hello Ada'));
// ---- crash
greeting('bob');

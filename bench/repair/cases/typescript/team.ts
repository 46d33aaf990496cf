export interface Member {
  readonly name: string;
  readonly manager?: Member;
}

export function managerName(member: Member): string {
  return member.manager!.name.trim();
}

// ---- test
import { managerName } from '../src/team.ts';

test('name', () => assert.equal(managerName({ name: 'a', manager: { name: ' b ' } }), 'b'));
// ---- crash
managerName({ name: 'a' });

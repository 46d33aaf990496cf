import { describe, expect, it } from 'vitest';
import { answerPermission, insideWorkspace } from '../../../../../src/adapters/agents/acp/permission.ts';

const ROOT = '/srv/space';
const LEAVE = {
  workspace: ROOT,
  refuses: (path: string) => (path.startsWith('.github/') || path === 'AGENTS.md' ? 'protected' : null),
};
const options = [
  { optionId: 'always-accept', kind: 'allow_always' },
  { optionId: 'accept', kind: 'allow_once' },
  { optionId: 'reject', kind: 'reject_once' },
];
const ask = (kind: string | null, ...paths: string[]) => answerPermission({ kind, paths, options }, LEAVE);
const yes = { outcome: 'selected', optionId: 'accept' };
const no = { outcome: 'selected', optionId: 'reject' };

describe('permission', () => {
  it.each([
    ['edit', '/srv/space/src/a.ts'],
    ['edit', 'src/a.ts'],
    ['delete', '/srv/space/a/../b.ts'],
    ['edit', '/srv/space/.github-notes.md'],
    ['read', '/srv/space'],
    ['read', 'AGENTS.md'],
    ['execute', '.'],
    ['other', '/srv/space'],
  ])('lets %s of %s happen once', (kind, path) => {
    expect(ask(kind, path)).toEqual(yes);
  });

  it.each([
    ['edit', '/srv/space-b/a.ts'],
    ['edit', '/srv/space/../other/a.ts'],
    ['edit', '../a.ts'],
    ['read', '/etc/passwd'],
    ['edit', '/srv/space/.git/config'],
    ['delete', 'packages/a/.GIT/hooks/pre-push'],
    ['move', '..'],
    ['edit', 'AGENTS.md'],
    ['other', '/srv/space/.github/workflows/ci.yml'],
    ['switch_mode', 'src/../AGENTS.md'],
  ])('refuses %s of %s', (kind, path) => {
    expect(ask(kind, path)).toEqual(no);
  });

  it('refuses when one of several paths lies outside', () => {
    expect(ask('move', 'src/a.ts', '/tmp/a.ts')).toEqual(no);
  });

  it('refuses a change of files that names no path, and lets a command run', () => {
    for (const kind of ['edit', 'delete', 'move']) expect(ask(kind)).toEqual(no);
    for (const kind of ['execute', 'search', 'think', 'other', null]) expect(ask(kind)).toEqual(yes);
  });

  it('never allows for good, not even when nothing else is offered', () => {
    const always = [{ optionId: 'a', kind: 'allow_always' }];
    expect(answerPermission({ kind: 'edit', paths: ['a.ts'], options: always }, LEAVE)).toEqual({
      outcome: 'cancelled',
    });
  });

  it('takes the other refusal where refusing once is not offered', () => {
    const never = [{ optionId: 'n', kind: 'reject_always' }];
    const answer = answerPermission({ kind: 'edit', paths: ['/x'], options: never }, LEAVE);
    expect(answer).toEqual({ outcome: 'selected', optionId: 'n' });
  });

  it('knows a file whose name begins with two dots from a parent folder', () => {
    expect(insideWorkspace(ROOT, '..hidden/file')).toBe(true);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seeded } from '../../../bench/detection/random.ts';
import { git, initialTree, writeHistories } from '../../../bench/localise/history.ts';

let repository: string;
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'vigilai-history-'));
  writeFileSync(join(repository, 'a.py'), 'right a\n');
  writeFileSync(join(repository, 'b.py'), 'right b\n');
});
afterEach(() => rmSync(repository, { recursive: true }));

/** `b` was wrong once and is put right, then the bug comes into `a`. */
const HISTORY = {
  once: new Map([['b.py', 'once b\n']]),
  changes: [
    { file: 'b.py', text: 'right b\n', symbol: 'beta' },
    { file: 'a.py', text: 'wrong a\n', symbol: 'alpha' },
  ],
};

describe('the history of a case', () => {
  it('ends with the bug, whose line is blamed on the commit that is told', () => {
    const tree = initialTree(repository);
    const [commits = []] = writeHistories(repository, tree, [HISTORY], seeded(1));
    const head = commits.at(-1) ?? '';
    git(repository, 'checkout', '-q', '-f', '--detach', head);
    expect(git(repository, 'status', '--porcelain')).toBe('');
    expect(git(repository, 'show', 'HEAD:a.py')).toBe('wrong a');
    expect(git(repository, 'show', 'HEAD:b.py')).toBe('right b');
    expect(git(repository, 'show', 'HEAD~2:b.py')).toBe('once b');
    expect(git(repository, 'log', '--format=%H', '--', 'a.py').split('\n')[0]).toBe(head);
    expect(git(repository, 'blame', '-l', 'a.py')).toContain(head);
    expect(git(repository, 'log', '-1', '--format=%s')).toContain('alpha');
  });

  it('stands beside others, each from a beginning of its own', () => {
    const tree = initialTree(repository);
    const written = writeHistories(repository, tree, [HISTORY, HISTORY], seeded(1));
    expect(written.map((commits) => commits.length)).toEqual([2, 2]);
    for (const commits of written)
      expect(git(repository, 'rev-list', '--count', commits.at(-1) ?? '')).toBe('3');
  });
});

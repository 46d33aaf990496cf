import { describe, expect, it } from 'vitest';
import { readCode } from '../../../../src/diagnosis/locate/code.ts';
import { recentlyChanged } from '../../../../src/diagnosis/locate/recent.ts';
import type { Change, Hunk } from '../../../../src/ports/repository.ts';
import { codeOnPaper } from '../../../support/code-on-paper.ts';
import { syntaxOnPaper } from '../../../support/outline-of.ts';

const DAY = 86_400_000;
const FILE = 'a.py';
const TEXT = 'def one():\n    return 1\n\n\ndef two():\n    return 2\n';

const hunk = (from: number, lines = 1, before = 1): Hunk => ({ file: FILE, from, lines, before });
const change = (sha: string, day: number, ...hunks: readonly Hunk[]): Change => ({
  commit: { sha, author: 'Ann', date: day * DAY, subject: sha, files: [FILE] },
  hunks,
});
async function changed(changes: readonly Change[], seenFirst = 0) {
  const code = await readCode(codeOnPaper({ [FILE]: TEXT }, [], changes), syntaxOnPaper);
  const recent = await recentlyChanged(code, seenFirst);
  return [...recent.values()].map(({ scope, line, commit, weight }) => ({
    name: scope.name,
    line,
    by: commit.sha,
    weight: Number(weight.toFixed(2)),
  }));
}

describe('what changed lately', () => {
  it('is told by function, by its newest change, and counts half after 45 days', async () => {
    expect(
      await changed([change('c3', 100, hunk(6)), change('c2', 55, hunk(2)), change('c1', 54, hunk(6))]),
    ).toEqual([
      { name: 'two', line: 6, by: 'c3', weight: 1 },
      { name: 'one', line: 2, by: 'c2', weight: 0.5 },
    ]);
  });

  it('is found where later changes have moved it', async () => {
    const found = await changed([
      change('two lines more at the top', 2, hunk(1, 2, 0)),
      change('one line less at the top', 1, hunk(0, 0, 1)),
      change('its old line 5 is line 6 now', 0, hunk(5)),
    ]);
    expect(found.find(({ name }) => name === 'two')).toMatchObject({
      line: 6,
      by: 'its old line 5 is line 6 now',
    });
  });

  it('is found where it was replaced by fewer lines, or by none', async () => {
    const found = await changed([
      change('shorter', 1, hunk(6, 1, 9)),
      change('older', 0, hunk(12), hunk(2, 0, 3)),
    ]);
    expect(found.map(({ name, by }) => [name, by])).toEqual([
      ['two', 'shorter'],
      ['one', 'older'],
    ]);
  });

  it('says less of each where a commit changed many', async () => {
    expect((await changed([change('c', 1, hunk(2), hunk(6))])).map(({ weight }) => weight)).toEqual([
      0.71, 0.71,
    ]);
  });

  it('says little where it came after the fault', async () => {
    expect(await changed([change('fix', 9, hunk(6)), change('bug', 5, hunk(2))], 7 * DAY)).toEqual([
      { name: 'two', line: 6, by: 'fix', weight: 0.1 },
      { name: 'one', line: 2, by: 'bug', weight: 1 },
    ]);
  });
});

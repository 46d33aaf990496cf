import { describe, expect, it } from 'vitest';
import type { BugCase } from '../../../../bench/localise/bug-case.ts';
import type { Diagnosed } from '../../../../bench/localise/diagnosing.ts';
import { isInLog, type Score, scoreOf, shareWithin } from '../../../../bench/localise/score.ts';

const bug: BugCase = {
  id: 'a1',
  language: 'java',
  shape: 'off by one',
  withTrace: true,
  log: 'at nightly.util.Deque.pop(Deque.java:7)',
  truth: { file: 'nightly/util/Deque.java', line: 7, function: 'pop', from: 5, to: 9, commit: 'c2' },
  head: 'c9',
};
const suspect = (file: string, line: number, symbol: string | null) => ({
  file,
  line,
  symbol,
  score: 1,
  why: '',
  excerpt: null,
});
const commit = (sha: string) => ({ sha, subject: '', author: '', date: '', score: 1, why: '' });

function found(
  suspects: Diagnosed['suspects'],
  commits: readonly string[],
): Pick<Diagnosed, 'suspects' | 'suspect_commits'> {
  return { suspects, suspect_commits: commits.map(commit) };
}

describe('the score of a diagnosis', () => {
  it('is the rank of the file, of a place in the function, and of the commit', () => {
    const { file } = bug.truth;
    const suspects = [suspect('x.java', 7, 'pop'), suspect(file, 2, 'push'), suspect(file, 8, null)];
    expect(scoreOf(bug, found(suspects, ['c1', 'c2']), 3)).toEqual({
      file: 2,
      function: 3,
      commit: 2,
      ms: 3,
    });
    expect(scoreOf(bug, found([suspect(file, 1, 'pop')], []), 3)).toMatchObject({
      function: 1,
      commit: null,
    });
    expect(scoreOf(bug, found([], ['c3']), 3)).toMatchObject({ file: null, function: null, commit: null });
  });

  it('counts what is within the first', () => {
    const scores = [1, 3, null, 6].map((file): Score => ({ file, function: null, commit: 1, ms: 1 }));
    expect(shareWithin(scores, 'file', 1)).toBe(0.25);
    expect(shareWithin(scores, 'file', 5)).toBe(0.5);
    expect(shareWithin(scores, 'commit', 1)).toBe(1);
  });

  it('knows whether the log names the file', () => {
    expect(isInLog(bug)).toBe(true);
    expect(isInLog({ ...bug, log: 'at nightly.util.MyDeque.pop(MyDeque.java:7)' })).toBe(false);
    expect(isInLog({ ...bug, log: 'File "/srv/nightly/util/Deque.java", line 3' })).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../bench/detection/random.ts';
import { LANGUAGES } from '../../../../bench/localise/language.ts';
import { logText } from '../../../../bench/localise/log-text.ts';

const failed = {
  kind: 'failed',
  before: 3,
  words: 'export failed',
  error: 'E: x',
  trace: 'E: x\n  at f (/tmp/t/a.js:1:2)\n',
} as const;

describe('the log of a case', () => {
  it.each(LANGUAGES)('%s: tells the failure, and hides where it was made', (language) => {
    const plain = logText(failed, { language, tree: '/tmp/t', withTrace: false }, seeded(1));
    expect(plain).toContain('export failed: E: x');
    expect(plain).not.toContain('a.js');
    const traced = logText(failed, { language, tree: '/tmp/t', withTrace: true }, seeded(1));
    expect(traced).toContain('/a.js:1:2');
    expect(traced).not.toContain('/tmp/t');
  });

  it('shows what a result was and is, on one line and not at length', () => {
    const differs = {
      kind: 'differs',
      before: 0,
      words: 'sum differs',
      had: `1\n${'9'.repeat(500)}`,
      now: '2',
    } as const;
    const text = logText(differs, { language: 'python', tree: '/t', withTrace: false }, seeded(1));
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(text).toMatch(/ERROR nightly: sum differs: had 1\\n9{157}\.\.\., now 2\n$/);
  });
});

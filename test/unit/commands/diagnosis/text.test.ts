import { describe, expect, it } from 'vitest';
import { diagnosisText } from '../../../../src/commands/diagnosis/text.ts';
import { diagnosisToView } from '../../../../src/contract/to-view.ts';
import type { Diagnosis } from '../../../../src/domain/diagnosis.ts';
import { redact } from '../../../../src/domain/redact.ts';
import { diagnosisFor } from '../../../support/nouns.ts';

const ANOMALY = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const plain = (words: string) => words;
const text = (changes: Partial<Diagnosis> = {}, columns = 80) =>
  diagnosisText(diagnosisToView(diagnosisFor(ANOMALY, changes)), { columns, bold: plain, dim: plain });

describe('a diagnosis for a person', () => {
  it('shows verdict, cause, places, commits, evidence and the next step', () => {
    const excerpt = redact('  2 | function f(x) {\n> 3 |   return x.y;\n  4 | }');
    const [suspect] = diagnosisFor(ANOMALY).suspects;
    const suspects = suspect === undefined ? [] : [{ ...suspect, excerpt }];
    expect(`${text({ suspects }).join('\n')}\n`).toMatchInlineSnapshot(`
      "Cause (likely, 90%)
        x is read before it is set

      Suspects
        S1 src/a.js:3 f  (top frame)
             2 | function f(x) {
           > 3 |   return x.y;
             4 | }

      Commits
        C1 aaaaaaaaaa 2026-01-05 add f  (Ann; blame)

      Because
        - x is unset [E1]

      Next
        guard x

      Diagnosed offline, without a model.
      "
    `);
  });

  it.each([40, 80, 200])('keeps within %i columns', (columns) => {
    const long = redact('word '.repeat(100));
    for (const line of text({ rootCause: long, suggestedFix: long, aiNote: long }, columns)) {
      expect(line.length).toBeLessThanOrEqual(columns);
    }
  });

  it('says plainly that it does not know, or that no fix will be tried', () => {
    expect(text({ verdict: 'inconclusive' })[0]).toBe('Inconclusive');
    expect(text({ verdict: 'no_code_cause' })[0]).toContain('no fix will be attempted');
  });

  it('tells which model explained it and what it cost, or why none did', () => {
    const cost = { inputTokens: 1000, outputTokens: 200, dollars: 0.00123, seconds: 2.34 };
    expect(text({ aiModel: 'deepseek/flash', cost }).at(-1)).toBe(
      'Explained by deepseek/flash (1200 tokens, $0.0012, 2.3 s).',
    );
    const nothing = { inputTokens: 0, outputTokens: 0, dollars: 0, seconds: 0 };
    expect(text({ aiNote: 'not asked', cost: nothing }).at(-1)).toBe('Diagnosed offline. Model: not asked.');
  });

  it('tells what was paid though no answer came of it', () => {
    const cost = { inputTokens: 1000, outputTokens: 0, dollars: 0.001, seconds: 60 };
    expect(text({ aiNote: 'no model answered', cost }).at(-1)).toBe(
      'Diagnosed offline. Model: no model answered (1000 tokens, $0.0010, 60.0 s).',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { diagnosisText } from '../../../../src/commands/diagnosis/text.ts';
import { diagnosisToView } from '../../../../src/contract/to-view.ts';
import type { Claim, Diagnosis, Hypothesis } from '../../../../src/domain/diagnosis.ts';
import { redact } from '../../../../src/domain/redact.ts';
import { widthOf } from '../../../../src/tui/text.ts';
import { diagnosisFor } from '../../../support/nouns.ts';

const ANOMALY = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const plain = (words: string) => words;
const text = (changes: Partial<Diagnosis> = {}, columns = 80) =>
  diagnosisText(diagnosisToView(diagnosisFor(ANOMALY, changes)), { columns, bold: plain, dim: plain });

const claim = (said: string, restsOn: readonly string[], sure: Claim['sure'] = 'confirmed'): Claim => ({
  text: redact(said),
  restsOn,
  sure,
});
const HYPOTHESES: readonly Hypothesis[] = [
  {
    text: redact('f uses `x`, which is null.'),
    standing: 'favoured',
    for: [claim('x is unset', ['E1', 'S1'])],
    against: [],
  },
  {
    text: redact('g hands it in.'),
    standing: 'possible',
    for: [claim('x is a parameter', ['S1'], 'likely')],
    against: [claim('the trace does not name g', ['E1'])],
  },
  {
    text: redact('A service failed.'),
    standing: 'ruled_out',
    for: [],
    against: [claim('no known failure is in the error', ['E1'])],
  },
];

describe('a diagnosis for a person', () => {
  it('shows verdict, cause, hypotheses, what was ruled out, places, commits and the next step', () => {
    const excerpt = redact('  2 | function f(x) {\n> 3 |   return x.y;\n  4 | }');
    const suspects = diagnosisFor(ANOMALY).suspects.map((one) => ({ ...one, excerpt }));
    expect(`${text({ suspects, hypotheses: HYPOTHESES }).join('\n')}\n`).toMatchInlineSnapshot(`
      "Cause (likely, 90%)
        x is read before it is set

      Hypotheses
        1. f uses \`x\`, which is null. (favoured)
           + x is unset [E1,S1]
        2. g hands it in.
           + x is a parameter [S1, likely]
           - the trace does not name g [E1]

      Ruled out
        A service failed.
           - no known failure is in the error [E1]

      Suspects
        S1 src/a.js:3 f  (top frame)
             2 | function f(x) {
           > 3 |   return x.y;
             4 | }

      Commits
        C1 aaaaaaaaaa 2026-01-05 add f  (Ann; blame)

      Evidence
        E1 error   the error: TypeError

      Next
        guard x

      Diagnosed offline, without a model.
      "
    `);
  });

  it.each([40, 60, 80, 120, 200])('keeps within %i columns, whatever it holds', (columns) => {
    const long = redact(`${'word '.repeat(100)}${'x'.repeat(300)} 全角${'文'.repeat(200)}`);
    const hypotheses = HYPOTHESES.map((one) => ({ ...one, text: long }));
    const lines = text({ rootCause: long, suggestedFix: long, aiNote: long, hypotheses }, columns);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  });

  it('lets nothing that was read drive the terminal', () => {
    const evil = redact('a\u001b[2J\u001b]8;;http://evil.example\u0007b\u202ec');
    const [suspect] = diagnosisFor(ANOMALY).suspects;
    const suspects = suspect === undefined ? [] : [{ ...suspect, why: evil, excerpt: evil }];
    const context = [{ id: 'E1', kind: 'error' as const, title: evil, text: evil }];
    const hypotheses = HYPOTHESES.map((one) => ({ ...one, text: evil }));
    const shown = text({ rootCause: evil, suggestedFix: evil, suspects, context, hypotheses }).join('');
    expect(shown).not.toMatch(/\p{Cc}|\u202e/u);
  });

  it('says plainly that it does not know, or that no fix will be tried', () => {
    expect(text({ verdict: 'inconclusive' })[0]).toBe('Inconclusive');
    expect(text({ verdict: 'no_code_cause' })[0]).toContain('no fix will be attempted');
  });

  it('shows the claims of a model that no hypothesis shows', () => {
    const said = text({
      aiModel: 'deepseek/flash',
      hypotheses: HYPOTHESES,
      claims: [claim('y too', ['E1'])],
    });
    expect(said).toContain('     + y too [E1]');
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

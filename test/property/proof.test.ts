import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pullText } from '../../src/codegen/pull-text.ts';
import { aChange, aDiagnosis, aFix, anAnomaly } from '../support/fix-samples.ts';
import { honest, type Outcomes, type ProofScript, proveScripted, SOURCE } from '../support/scripted-proof.ts';

const template = readFileSync('templates/pull-request.md', 'utf8');
const RUNS = { numRuns: 100 };

describe('what a fix has to show', () => {
  it('Feature: vigilai-monitoring-platform, Property 11: the new tests cover at least 80% of the fix, or it is not proven', async () => {
    const sizes = fc.record({
      lines: fc.integer({ min: 1, max: 20 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ lines, share }) => {
        const all = Array.from({ length: lines }, (_, at) => at + 2);
        const covered = all.slice(0, Math.round(lines * share));
        const { proof } = await proveScripted({
          says: honest,
          changes: withLines(lines),
          coverage: [{ file: SOURCE, covered, uncovered: all.slice(covered.length) }],
        });
        const check = proof.checks.find(({ name }) => name === 'coverage');
        expect(check?.result).toBe(covered.length / lines >= 0.8 ? 'ok' : 'failed');
        if (check?.result === 'failed') expect(proof.proven).toBe(false);
      }),
      RUNS,
    );
  });

  it('Feature: vigilai-monitoring-platform, Property 12: a fix with any test that fails is not proven', async () => {
    const outcome = fc.constantFrom('passed', 'failed', 'errored', 'skipped');
    const outcomes = fc.record({ adds: outcome, 'is none': outcome });
    await fc.assert(
      fc.asyncProperty(outcomes, fc.integer({ min: 0, max: 1 }), fc.boolean(), async (said, nth, inSuite) => {
        const says: ProofScript['says'] = (ask, whole) =>
          ask.tree.tree === 'fix' && whole === inSuite && ask.before === (inSuite ? 0 : nth)
            ? (said satisfies Outcomes)
            : honest(ask, whole);
        const { proof } = await proveScripted({ says });
        // Of the old tests the whole suite judges; of the new ones every run does.
        const isWell = said['is none'] === 'passed' && (!inSuite || said.adds === 'passed');
        expect(proof.proven).toBe(isWell);
      }),
      RUNS,
    );
  });
});

describe('what a pull request says', () => {
  const words = fc.string({ minLength: 1, maxLength: 80 });

  it('Feature: vigilai-monitoring-platform, Property 15: anomaly, diagnosis, files, proof and how to run it again', () => {
    fc.assert(
      fc.property(words, words, (title, cause) => {
        const fix = aFix();
        const { body } = pullText({ anomaly: anAnomaly(title), diagnosis: aDiagnosis(cause), fix, template });
        for (const heading of ['## What was noticed', '## Why', '## What changed', '## Proof', '## Limits']) {
          expect(body).toContain(heading);
        }
        for (const { path } of fix.files) expect(body).toContain(path);
        expect(body).toContain(`npx vigilai verify origin/${fix.branch}`);
        expect(body).not.toMatch(/\{\{(?!\{)[a-z_]+\}\}/);
      }),
      RUNS,
    );
  });

  it('Feature: vigilai-monitoring-platform, Property 16: which anomaly it is for', () => {
    fc.assert(
      fc.property(fc.uuid(), words, (id, title) => {
        const anomaly = { ...anAnomaly(title), id };
        const { body } = pullText({ anomaly, diagnosis: aDiagnosis('x'), fix: aFix(), template });
        expect(body).toContain(`<!-- vigilai:${id} -->`);
        expect(body).toContain(`Anomaly \`${id}\``);
      }),
      RUNS,
    );
  });
});

/** A source file to which so many lines are added in one function, and a new test. */
function withLines(count: number) {
  const added = Array.from({ length: count }, (_, at) => `  step${at}();\n`).join('');
  const before = 'export function total() {\n}\n';
  const test = "it('is none', () => {\n  expect(total({})).toBe(0);\n});\n";
  return [
    aChange(SOURCE, before, before.replace('{\n', `{\n${added}`)),
    aChange('test/new.test.js', null, test),
  ];
}

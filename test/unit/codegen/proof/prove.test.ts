import { describe, expect, it } from 'vitest';
import { feedbackOf } from '../../../../src/codegen/proof/feedback.ts';
import { limits } from '../../../support/fix-samples.ts';
import {
  CHANGES,
  honest,
  type Outcomes,
  type ProofScript,
  proveScripted,
  SOURCE,
  TEST,
} from '../../../support/scripted-proof.ts';

const broken: Outcomes = { adds: 'passed', 'is none': ['failed', 'AssertionError: 1 == 0'] };
const good: Outcomes = { adds: 'passed', 'is none': 'passed' };

describe('a proof', () => {
  it('holds for an honest fix, with all its checks in order', async () => {
    const { proof, log } = await proveScripted({ says: honest });
    expect(proof.proven).toBe(true);
    expect(proof.checks.map(({ name, result }) => `${name} ${result}`)).toEqual([
      'policy ok',
      'tamper ok',
      'baseline ok',
      'fails_before ok',
      'passes_after ok',
      'suite ok',
      'fails_reverted ok',
      'coverage ok',
      'mutation ok',
      'monitoring not_applicable',
      'replay not_applicable',
    ]);
    expect(proof.newTests).toEqual([{ file: TEST, name: 'is none' }]);
    expect(proof.rerun).toEqual(['run', TEST]);
    expect(proof.checks.find(({ name }) => name === 'passes_after')?.durationMs).toBe(200);
    expect(log).toContain('== replay: not_applicable: no reproducer configured');
  });

  it('runs the new tests as often as configured, in trees that are built for it', async () => {
    const { asked } = await proveScripted({ says: honest });
    expect(
      asked.map(({ tree, request }) => `${tree.tree}${request.files.length === 0 ? ' whole' : ''}`),
    ).toEqual(['base whole', 'base_with', 'fix', 'fix', 'fix whole', 'base_with', 'fix', 'fix_with']);
  });

  it('stops when it is cancelled', async () => {
    const stop = new AbortController();
    const says: ProofScript['says'] = (ask, whole) => {
      stop.abort();
      return honest(ask, whole);
    };
    await expect(proveScripted({ says, signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });

  const failures: readonly (readonly [what: string, script: ProofScript, check: string, detail: RegExp])[] = [
    ['too much', { says: honest, input: { plan: aPlan({ maxLines: 1 }) } }, 'policy', /at most 1 are allowed/],
    ['no test', { says: honest, changes: CHANGES.slice(0, 1) }, 'baseline', /no test was added/],
    ['tests that cannot run', { says: () => ({}), input: {} }, 'fails_before', /no result/],
    ['a test that passes without the fix', { says: () => good }, 'fails_before', /pass without the fix/],
    ['a test that cannot be loaded', { says: at('base_with', { x: ['errored', "ImportError: cannot import name 'x'"] }) }, 'fails_before', /may use only what exists/],
    ['a wrong reason', { says: at('base_with', { x: ['failed', 'RangeError: no'] }) }, 'fails_before', /not by an assertion/],
    ['a test that still fails', { says: at('fix', broken) }, 'passes_after', /run 1 of 2, not passing: "is none"/],
    ['a test that fails now and then', { says: (ask, whole) => (ask.tree.tree === 'fix' && ask.before === 1 ? broken : honest(ask, whole)) }, 'passes_after', /run 2 of 2/],
    ['another test that breaks', { says: wholeFix({ ...good, adds: ['failed', ''] }) }, 'suite', /newly failing with the fix: "adds"/],
    ['a test that is gone', { says: wholeFix({ 'is none': 'passed' }) }, 'suite', /no longer run: test\/total.test.js > adds/],
    ['a test that is skipped', { says: wholeFix({ ...good, adds: 'skipped' }) }, 'suite', /no longer run/],
    ['a new test that the suite leaves out', { says: wholeFix({ adds: 'passed' }) }, 'suite', /does not run the new test/],
    ['a test that passes when the source is taken back', { says: (ask, whole) => (ask.tree.tree === 'base_with' && ask.before === 1 ? good : honest(ask, whole)) }, 'fails_reverted', /no longer failing/],
    ['lines that are not run', { says: honest, coverage: [{ file: SOURCE, covered: [1], uncovered: [2] }] }, 'coverage', /only 0% of 1 changed line.*not run: src\/total.js:2/],
    ['nothing that measures coverage', { says: honest, coverage: null }, 'coverage', /not measured: .* install/],
    ['a file that is not loaded', { says: honest, coverage: [] }, 'coverage', /only 0%/],
    ['a test that a spoilt fix does not break', { says: (ask, whole) => (ask.tree.tree === 'fix_with' ? good : honest(ask, whole)) }, 'mutation', /do not notice any change of total/],
    ['mutants that cannot be loaded', { says: (ask, whole) => (ask.tree.tree === 'fix_with' ? { [TEST]: ['errored', 'SyntaxError'] } : honest(ask, whole)) }, 'mutation', /none of its spoilt versions could be run/],
    ['a signal that is not emitted', { says: honest, input: { monitoring: async () => ({ result: 'failed', detail: 'silent' }) } }, 'monitoring', /silent/],
    ['a reproducer that never fails', { says: honest, reproducer: () => true }, 'replay', /succeeds on the base/],
    ['a reproducer that always fails', { says: honest, reproducer: () => false }, 'replay', /fails with the fix too/],
  ]; // biome-ignore format: a table
  it.each(failures)('fails for %s', async (_, script, check, detail) => {
    const { failed, proof } = await proveScripted(script);
    expect(failed?.name).toBe(check);
    expect(failed?.detail).toMatch(detail);
    expect([proof.proven, proof.checks.at(-1)]).toEqual([false, failed]);
    expect(feedbackOf(proof, CHANGES)).toContain(`fails at \`${check}\``);
  });

  it('replays where a reproducer is configured', async () => {
    const { proof } = await proveScripted({ says: honest, reproducer: (tree) => tree.tree === 'fix' });
    expect(proof.checks.at(-1)).toMatchObject({ name: 'replay', result: 'ok' });
  });
});

describe('what fails without the fix', () => {
  const known = { never: ['failed', 'AssertionError: old'] } as const;

  it('is run three times, recorded, and not blamed', async () => {
    const { proof, asked } = await proveScripted({
      says: (ask, whole) => ({ ...honest(ask, whole), ...known }),
    });
    expect(
      asked.filter(({ tree, request }) => tree.tree === 'base' && request.files.length === 0),
    ).toHaveLength(3);
    expect(proof).toMatchObject({ proven: true, knownFailures: [{ name: 'never' }], flaky: [] });
    expect(proof.checks[2]?.detail).toContain('already failing, not blamed: "never"');
  });

  it('is told from what fails now and then', async () => {
    const says: ProofScript['says'] = (ask, whole) => ({
      ...honest(ask, whole),
      ...(ask.tree.tree === 'base' && ask.before === 0 ? { moody: ['failed', ''] } : { moody: 'passed' }),
    });
    const { proof } = await proveScripted({ says });
    expect(proof).toMatchObject({ proven: true, knownFailures: [], flaky: [{ name: 'moody' }] });
  });

  it('is looked for again when a test fails only with the fix', async () => {
    const says: ProofScript['says'] = (ask, whole) => {
      const moody = ask.tree.tree === 'fix' && whole ? 'failed' : 'passed';
      const onBase = ask.tree.tree === 'base' && !whole && ask.before === 1 ? 'failed' : moody;
      return { ...honest(ask, whole), moody: [onBase, ''] };
    };
    const { proof } = await proveScripted({ says });
    expect(proof).toMatchObject({ proven: true, flaky: [{ name: 'moody' }] });
  });
});

function aPlan(more: Partial<typeof limits>) {
  const fault = { message: null, trace: null, suspects: [] };
  const proof = { runs: 1, minCoverage: 0.8, reproduce: null };
  return { errorType: null, fault, limits: { ...limits, ...more }, proof };
}

function at(tree: 'base_with' | 'fix', outcomes: Outcomes): ProofScript['says'] {
  return (ask, whole) => (ask.tree.tree === tree ? outcomes : honest(ask, whole));
}

function wholeFix(outcomes: Outcomes): ProofScript['says'] {
  return (ask, whole) => (ask.tree.tree === 'fix' && whole ? outcomes : honest(ask, whole));
}

import type { TestRef, TestRun } from '../../domain/fix.ts';
import { type Baseline, isKnown } from './baseline.ts';
import { failed, ok, type ProofCase, type Verdict } from './proof-case.ts';
import { brokenIn, includesTest, lostTests, notPassing, passedIn, refOf } from './test-results.ts';
import { count, errorLine, few, names } from './words.ts';

/** The whole suite with the fix: nothing fails that passed on the base, and nothing that passed is gone. */
export async function suite(at: ProofCase): Promise<Verdict> {
  const run = await at.runs.test({ tree: 'fix' });
  const failing = brokenIn(run).filter((test) => !isKnown(at, test));
  const flaky = failing.length === 0 ? [] : await failingOnBaseToo(at, failing);
  const blamed = failing.filter((test) => !includesTest(flaky, test));
  const reason =
    blamed.length > 0 ? `newly failing with the fix: ${names(blamed)}` : otherReason(at, run, flaky);
  if (reason !== null) return failed(reason);
  const known = flaky.length === 0 ? '' : `; failing now and then on the base too: ${names(flaky)}`;
  return ok(`${count(passedIn(run), 'test')} passing with the fix, none newly failing${known}`, {
    ...(at.baseline !== null && { baseline: withFlaky(at.baseline, flaky) }),
  });
}

const MORE_RUNS = 2;

/** A test that is flaky may have passed by chance when the baseline was taken: two more runs of it tell. */
async function failingOnBaseToo(at: ProofCase, failing: readonly TestRef[]): Promise<readonly TestRef[]> {
  const old = at.baseline?.run.results.filter((test) => includesTest(failing, test)) ?? [];
  const files = [...new Set(old.map((test) => test.file))];
  const found: TestRef[] = [];
  for (let more = 0; files.length > 0 && more < MORE_RUNS; more += 1) {
    found.push(...brokenIn(await at.runs.test({ tree: 'base' }, { files })));
  }
  return old.filter((test) => includesTest(found, test)).map(refOf);
}

function otherReason(at: ProofCase, run: TestRun, flaky: readonly TestRef[]): string | null {
  const lost = at.baseline === null ? [] : lostTests(at.baseline.run, run);
  if (lost.length > 0) {
    return `passed on the base and no longer run: ${few(lost.map((test) => `${test.file} > ${test.name}`))}`;
  }
  const missing = notPassing(run, at.newTests);
  if (missing.length > 0) return `the whole suite does not run the new test: ${names(missing)}`;
  const isExcused = at.baseline?.run.ok === false || flaky.length > 0 || brokenIn(run).length > 0;
  return run.ok || isExcused ? null : `the runner fails with the fix: ${errorLine(run.outputTail)}`;
}

function withFlaky(baseline: Baseline, flaky: readonly TestRef[]): Baseline {
  return { ...baseline, flaky: [...baseline.flaky, ...flaky] };
}

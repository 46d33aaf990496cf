import { isKnown } from './baseline.ts';
import { failsForTheRightReason } from './failure-reason.ts';
import { failed, ok, type ProofCase, type Verdict } from './proof-case.ts';
import { brokenIn, refOf } from './test-results.ts';
import { count, errorLine, firstLine, names } from './words.ts';

/** The new and changed tests on the base: at least one must fail, and all that do must speak of the fault. */
export async function failsBefore(at: ProofCase): Promise<Verdict> {
  const { parts, input } = at;
  const paths = parts.testLike.map((change) => change.path);
  const files = parts.tests.map((change) => change.path);
  const run = await at.runs.test({ tree: 'base_with', paths }, { files });
  const failing = brokenIn(run).filter((test) => !isKnown(at, test));
  if (failing.length === 0) {
    const why =
      run.results.length === 0 ? `no result: ${errorLine(run.outputTail)}` : 'they all pass without the fix';
    return failed(`no new test fails on the base (${why})`);
  }
  const wrong = failing.find((test) => !failsForTheRightReason(test, input.plan));
  if (wrong !== undefined) {
    const how =
      wrong.outcome === 'errored'
        ? 'cannot be run on the base (it may use only what exists there)'
        : 'fails on the base, but not by an assertion or the fault';
    const said = wrong.outcome === 'errored' ? errorLine(wrong.message) : firstLine(wrong.message);
    return failed(`${wrong.name} ${how}: ${said}`);
  }
  const why = firstLine(failing[0]?.message ?? '');
  return ok(`${count(failing.length, 'new test')} failing without the fix: ${names(failing)} (${why})`, {
    newTests: failing.map(refOf),
  });
}

import { failed, ok, type ProofCase, type Verdict } from './proof-case.ts';
import { outcomeOf } from './test-results.ts';
import { names } from './words.ts';

/**
 * The fix without its change of source: tests, data and documents stay. That the tests fail once more shows that the
 * change is what they watch, and that the first failure was no accident.
 */
export async function failsReverted(at: ProofCase): Promise<Verdict> {
  const { input, parts } = at;
  const reverted = parts.source.length > 0 ? parts.source : others(at);
  if (reverted.length === 0) return failed('nothing but tests was changed, so there is no fix');
  const kept = input.changes.filter((change) => !reverted.includes(change)).map((change) => change.path);
  const files = parts.tests.map((change) => change.path);
  const run = await at.runs.test({ tree: 'base_with', paths: kept }, { files });
  const still = at.newTests.filter((test) => !['failed', 'errored'].includes(outcomeOf(run, test) ?? ''));
  if (still.length > 0) {
    return failed(
      `without the change of source, and the tests as in the fix, no longer failing: ${names(still)}`,
    );
  }
  return ok('the same tests fail once more with the change of source taken back');
}

/** A fault may lie in data: then that is what is taken back. */
function others({ input, parts }: ProofCase): ProofCase['input']['changes'] {
  return input.changes.filter((change) => !parts.testLike.includes(change));
}

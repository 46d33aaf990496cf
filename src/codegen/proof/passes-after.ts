import { failed, ok, type ProofCase, type Verdict } from './proof-case.ts';
import { notPassing } from './test-results.ts';
import { names } from './words.ts';

/** The same tests with the fix, as often as `fix.proofRuns` says. */
export async function passesAfter(at: ProofCase): Promise<Verdict> {
  const { runs } = at.input.plan.proof;
  const files = at.parts.tests.map((change) => change.path);
  let longest = 0;
  for (let nth = 1; nth <= runs; nth += 1) {
    const run = await at.runs.test({ tree: 'fix' }, { files });
    const bad = notPassing(run, at.newTests);
    if (bad.length > 0) return failed(`with the fix, in run ${nth} of ${runs}, not passing: ${names(bad)}`);
    longest = Math.max(longest, run.durationMs);
  }
  return ok(`the same tests pass with the fix, ${runs} times of ${runs}`, { testsTakeMs: longest });
}

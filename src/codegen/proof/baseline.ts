import type { TestRef, TestRun } from '../../domain/fix.ts';
import { failed, ok, type ProofCase, type Verdict } from './proof-case.ts';
import { brokenIn, includesTest, keyOf, passedIn, refOf } from './test-results.ts';
import { count, errorLine, names } from './words.ts';

/** What the tests do without the fix. */
export interface Baseline {
  readonly run: TestRun;
  /** Fail every time. */
  readonly knownFailures: readonly TestRef[];
  /** Fail now and then. */
  readonly flaky: readonly TestRef[];
}

/** Once when all is well; where anything fails, twice more. */
const MORE_RUNS = 2;

/** The whole suite on the base. What fails there is recorded: it is neither blamed on the fix nor hidden. */
export async function baseline(at: ProofCase): Promise<Verdict> {
  if (at.parts.tests.length === 0) {
    return failed('no test was added or changed, so nothing can be proven');
  }
  const run = await at.runs.test({ tree: 'base' });
  if (run.results.length === 0 && !run.ok) {
    return failed(`the tests cannot be run here: ${errorLine(run.outputTail)}`);
  }
  const runs = [run];
  while (brokenIn(run).length > 0 && runs.length <= MORE_RUNS) {
    runs.push(await at.runs.test({ tree: 'base' }));
  }
  const found = { run, ...sorted(runs) };
  return ok(`${count(passedIn(run), 'test')} passing on the base${brokenWords(found)}`, { baseline: found });
}

function sorted(runs: readonly TestRun[]): Pick<Baseline, 'knownFailures' | 'flaky'> {
  const broken = new Map(runs.flatMap((run) => brokenIn(run).map((test) => [keyOf(test), refOf(test)])));
  const everyTime = (test: TestRef) => runs.every((run) => includesTest(brokenIn(run), test));
  const all = [...broken.values()];
  return { knownFailures: all.filter(everyTime), flaky: all.filter((test) => !everyTime(test)) };
}

function brokenWords({ knownFailures, flaky }: Baseline): string {
  const known = knownFailures.length === 0 ? '' : `; already failing, not blamed: ${names(knownFailures)}`;
  const now = flaky.length === 0 ? '' : `; failing now and then, not blamed: ${names(flaky)}`;
  return known + now;
}

/** Tests that are known to fail on the base, always or now and then. */
export function isKnown(at: ProofCase, test: TestRef): boolean {
  const { knownFailures = [], flaky = [] } = at.baseline ?? {};
  return includesTest([...knownFailures, ...flaky], test);
}

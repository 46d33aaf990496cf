import type { TestRef, TestResult, TestRun } from '../../domain/fix.ts';

export function keyOf(test: TestRef): string {
  return `${test.file}\u0000${test.name}`;
}

export function refOf({ file, name }: TestRef): TestRef {
  return { file, name };
}

export function includesTest(tests: readonly TestRef[], test: TestRef): boolean {
  return tests.some((one) => keyOf(one) === keyOf(test));
}

/** Tests that did not do what they should: an assertion failed, or they could not be run. */
export function brokenIn(run: TestRun): readonly TestResult[] {
  return run.results.filter(({ outcome }) => outcome === 'failed' || outcome === 'errored');
}

/** The worst that a run says of a test (a name may come twice); null when it was not run. */
export function outcomeOf(run: TestRun, test: TestRef): TestResult['outcome'] | null {
  const found = run.results.filter((result) => keyOf(result) === keyOf(test));
  return found.find((result) => result.outcome !== 'passed')?.outcome ?? found[0]?.outcome ?? null;
}

/** Those of the tests that did not pass, or were not run. */
export function notPassing(run: TestRun, tests: readonly TestRef[]): readonly TestRef[] {
  return tests.filter((test) => outcomeOf(run, test) !== 'passed');
}

export function passedIn(run: TestRun): number {
  return run.results.filter((test) => test.outcome === 'passed').length;
}

/** Tests that passed in one run and neither pass nor fail in another: gone, or skipped. */
export function lostTests(before: TestRun, after: TestRun): readonly TestRef[] {
  const there = new Set(after.results.filter(({ outcome }) => outcome !== 'skipped').map(keyOf));
  return before.results.filter((test) => test.outcome === 'passed' && !there.has(keyOf(test))).map(refOf);
}

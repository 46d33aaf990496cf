import type { TestRun } from '../../domain/fix.ts';
import type { Runs } from '../proof/runs.ts';
import type { Instrumented } from './instrument.ts';
import { probeFor } from './probe/probe.ts';
import { PROBE_TITLE } from './probe/wish.ts';

export type Written = Extract<Instrumented, { state: 'instrumented' }>;

export interface Demonstration {
  readonly written: Written;
  /** Name of the toolchain. */
  readonly toolchain: string;
  /** New and changed tests of the fix. */
  readonly tests: readonly { readonly path: string; readonly after: string | null }[];
}

export type Seen =
  | { readonly seen: 'yes'; readonly how: string }
  | { readonly seen: 'no'; readonly why: string }
  /** Nothing here can tell. */
  | { readonly seen: 'unknown'; readonly why: string };

/** Runs the new tests on the fault with its monitoring, and looks for the signal. @throws VigilError `cancelled`. */
export async function signalSeen(runs: Runs, { written, toolchain, tests }: Demonstration): Promise<Seen> {
  const { signal, library, file } = written.monitoring;
  const texts = { [file]: written.faulty };
  const [test] = tests;
  if (test === undefined) return { seen: 'unknown', why: 'there is no new test to run' };
  const probe = probeFor({ toolchain, testFile: test.path, testText: test.after ?? '', library, signal });
  if (probe !== null) {
    const both = { ...texts, [probe.file]: probe.text };
    const run = await runs.test({ tree: 'fix_with', texts: both }, { files: [probe.file] });
    if (passes(run))
      return { seen: 'yes', how: `a probe in the tests' process saw \`${signal}\` of ${library}` };
  }
  if (written.kind === 'log') {
    const run = await runs.test({ tree: 'fix_with', texts }, { files: tests.map(({ path }) => path) });
    if (says(run, signal)) return { seen: 'yes', how: `the output has \`${signal}\`` };
    return { seen: 'no', why: `the output of the new tests does not have \`${signal}\`` };
  }
  return probe === null
    ? { seen: 'unknown', why: `${library} cannot be asked from ${toolchain}` }
    : { seen: 'no', why: `a probe in the tests' process did not see \`${signal}\` of ${library}` };
}

function says(run: TestRun, signal: string): boolean {
  return [run.outputTail, ...run.results.map(({ message }) => message)].some((text) => text.includes(signal));
}

function passes(run: TestRun): boolean {
  return run.results.some(
    ({ name, outcome }) =>
      outcome === 'passed' && (name.includes(PROBE_TITLE) || name.includes('ZzVigilaiProbe')),
  );
}

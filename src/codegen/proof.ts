import { VigilError } from '../domain/errors.ts';
import type { Check, FixPlan, Proof, TestRef, TestResult, TestRun } from '../domain/fix.ts';
import type { Toolchain } from '../ports/toolchain.ts';
import type { FileChange, Tree, Workspace } from '../ports/workspace.ts';
import { failsForTheRightReason } from './failure-reason.ts';
import { isTestLike, keyOf, lostTests, tamperingIn } from './tamper.ts';

export interface ProofInput {
  readonly plan: Pick<FixPlan, 'errorType'>;
  readonly workspace: Workspace;
  readonly toolchain: Toolchain;
  /** As sealed. */
  readonly changes: readonly FileChange[];
  readonly sandboxName: string;
  readonly onStep: (check: Check['name']) => void;
}

export interface Proven {
  readonly proof: Proof;
  /** Every run with its command and the end of its output. */
  readonly log: string;
}

/** What is known so far; each step adds a check, and the first that fails ends the proof. */
interface Case {
  readonly input: ProofInput;
  readonly signal: AbortSignal;
  /** Test files that the fix adds or changes. */
  readonly testFiles: readonly string[];
  readonly log: string[];
  baseline: TestRun | null;
  newTests: readonly TestRef[];
}

type Step = readonly [name: Check['name'], run: (at: Case) => Promise<Omit<Check, 'name'>>];

const STEPS: readonly Step[] = [
  ['tamper', untouched],
  ['baseline', baseline],
  ['fails_before', failsBefore],
  ['passes_after', passesAfter],
  ['suite', suite],
];

/**
 * Judges a sealed change by running the project's own tests: the whole suite on the base, the new tests on the base
 * (they must fail, for the right reason), twice with the fix, and the whole suite with the fix. Tests that already
 * failed on the base are recorded and not blamed on the fix.
 * @throws VigilError `cancelled` when `signal` aborts.
 */
export async function prove(input: ProofInput, signal: AbortSignal): Promise<Proven> {
  const { changes, toolchain } = input;
  const testFiles = changes
    .filter((change) => change.changeType !== 'delete' && toolchain.isTest(change.path))
    .map((change) => change.path);
  const at: Case = { input, signal, testFiles, log: [], baseline: null, newTests: [] };
  const checks: Check[] = [];
  for (const [name, run] of STEPS) {
    input.onStep(name);
    const check = { name, ...(await run(at)) };
    checks.push(check);
    at.log.push(`== ${name}: ${check.ok ? 'ok' : 'FAILED'}: ${check.detail}`);
    if (!check.ok) break;
  }
  return { proof: proofOf(at, checks), log: at.log.join('\n\n') };
}

async function untouched({ input, testFiles }: Case): Promise<Omit<Check, 'name'>> {
  const found = tamperingIn(input.changes, (path) => input.toolchain.isTest(path));
  if (found.length > 0) return { ok: false, detail: found.join('; ') };
  return {
    ok: true,
    detail: `no existing test weakened or deleted; ${count(testFiles.length, 'test file')} new or added to`,
  };
}

async function baseline(at: Case): Promise<Omit<Check, 'name'>> {
  if (at.testFiles.length === 0)
    return { ok: false, detail: 'no test was added or changed, so nothing can be proven' };
  const run = await runIn(at, { tree: 'base' }, []);
  at.baseline = run;
  if (run.results.length === 0 && !run.ok) {
    return { ok: false, detail: `the tests cannot be run here: ${errorLine(run.outputTail)}` };
  }
  const failing = run.results.filter((test) => test.outcome === 'failed');
  const known = failing.length === 0 ? '' : `; already failing, not blamed: ${names(failing)}`;
  return { ok: true, detail: `${count(passed(run), 'test')} passing on the base${known}` };
}

async function failsBefore(at: Case): Promise<Omit<Check, 'name'>> {
  const { changes, toolchain, plan } = at.input;
  const paths = changes
    .filter((change) => isTestLike(change.path, (path) => toolchain.isTest(path)))
    .map((change) => change.path);
  const run = await runIn(at, { tree: 'base_with', paths }, at.testFiles);
  const failing = run.results.filter((test) => test.outcome === 'failed' && !failedBefore(at, test));
  if (failing.length === 0) {
    const why =
      run.results.length === 0 ? `no result: ${errorLine(run.outputTail)}` : 'they all pass without the fix';
    return { ok: false, detail: `no new test fails on the base (${why})` };
  }
  const wrong = failing.find((test) => !failsForTheRightReason(test.message, plan.errorType));
  if (wrong !== undefined) {
    const said = firstLine(wrong.message);
    return {
      ok: false,
      detail: `${wrong.name} fails on the base, but not by an assertion or the fault: ${said}`,
    };
  }
  at.newTests = failing.map(({ file, name }) => ({ file, name }));
  const why = firstLine(failing[0]?.message ?? '');
  return {
    ok: true,
    detail: `${count(failing.length, 'new test')} failing without the fix: ${names(failing)} (${why})`,
  };
}

async function passesAfter(at: Case): Promise<Omit<Check, 'name'>> {
  for (const attempt of ['first', 'second']) {
    const run = await runIn(at, { tree: 'fix' }, at.testFiles);
    const bad = at.newTests.filter((test) => outcomeOf(run, test) !== 'passed');
    if (bad.length > 0)
      return { ok: false, detail: `with the fix, in the ${attempt} run, not passing: ${names(bad)}` };
  }
  return { ok: true, detail: 'the same tests pass with the fix, twice' };
}

async function suite(at: Case): Promise<Omit<Check, 'name'>> {
  const run = await runIn(at, { tree: 'fix' }, []);
  const failing = run.results.filter((test) => test.outcome === 'failed' && !failedBefore(at, test));
  if (failing.length > 0) return { ok: false, detail: `newly failing with the fix: ${names(failing)}` };
  const lost = at.baseline === null ? [] : lostTests(at.baseline, run);
  if (lost.length > 0)
    return { ok: false, detail: `passed on the base and no longer run: ${lost.slice(0, 5).join(', ')}` };
  const missing = at.newTests.filter((test) => outcomeOf(run, test) !== 'passed');
  if (missing.length > 0)
    return { ok: false, detail: `the whole suite does not run the new test: ${names(missing)}` };
  if (!run.ok && at.baseline?.ok === true) {
    return { ok: false, detail: `the runner fails with the fix: ${errorLine(run.outputTail)}` };
  }
  return { ok: true, detail: `${count(passed(run), 'test')} passing with the fix, none newly failing` };
}

async function runIn(at: Case, tree: Tree, files: readonly string[]): Promise<TestRun> {
  const { workspace, toolchain } = at.input;
  stopIfCancelled(at.signal);
  await workspace.checkout(tree);
  const run = await toolchain.run({ files, only: null, coverage: false }, at.signal);
  stopIfCancelled(at.signal);
  const results = run.results.map((test) => `${test.outcome} ${test.file} > ${test.name}`);
  at.log.push(
    `$ ${run.command.join(' ')}   # ${tree.tree}, ${run.durationMs} ms`,
    ...results,
    run.outputTail,
  );
  return run;
}

function stopIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new VigilError('cancelled', { what: 'the proof was cancelled' });
}

function proofOf(at: Case, checks: readonly Check[]): Proof {
  const { toolchain, sandboxName } = at.input;
  return {
    proven: checks.length === STEPS.length && checks.every((check) => check.ok),
    checks,
    newTests: at.newTests,
    toolchain: toolchain.name,
    rerun: toolchain.rerun([...new Set(at.newTests.map((test) => test.file))]),
    sandbox: sandboxName,
  };
}

function failedBefore(at: Case, test: TestResult): boolean {
  return at.baseline?.results.some((old) => keyOf(old) === keyOf(test) && old.outcome === 'failed') ?? false;
}

function outcomeOf(run: TestRun, test: TestRef): TestResult['outcome'] | null {
  const found = run.results.filter((result) => keyOf(result) === keyOf(test));
  return found.find((result) => result.outcome !== 'passed')?.outcome ?? found[0]?.outcome ?? null;
}

function passed(run: TestRun): number {
  return run.results.filter((test) => test.outcome === 'passed').length;
}

function names(tests: readonly TestRef[]): string {
  const shown = tests
    .slice(0, 5)
    .map((test) => `"${test.name}"`)
    .join(', ');
  return tests.length > 5 ? `${shown} and ${tests.length - 5} more` : shown;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function firstLine(text: string): string {
  return (text.split('\n').find((line) => line.trim() !== '') ?? 'no message').trim().slice(0, 200);
}

/** The line of an output that most likely says what went wrong. */
function errorLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const said =
    lines.find((line) => /\b\w*(Error|error|ERR)\b.*:/.test(line)) ?? lines.findLast((line) => line !== '');
  return said?.slice(0, 300) ?? 'no output';
}

import type { FileCoverage } from '../../domain/fix.ts';
import type { FileChange } from '../../ports/workspace.ts';
import { addedLineNumbers } from '../line-diff.ts';
import { failed, notApplicable, ok, type ProofCase, type Verdict } from './proof-case.ts';
import { count, few, lineRanges } from './words.ts';

/** The changed lines of one file, as the new tests met them. A line in neither list holds no code. */
interface Met {
  readonly path: string;
  readonly covered: readonly number[];
  readonly uncovered: readonly number[];
}

/** Do the new tests run what the fix changed? Measured by the language's own tool. */
export async function coverage(at: ProofCase): Promise<Verdict> {
  const changed = at.parts.source
    .map((change) => ({ path: change.path, lines: linesOf(change, at) }))
    .filter(({ lines }) => lines.length > 0);
  if (changed.length === 0) return notApplicable('no line of code was added or changed');
  const files = at.parts.tests.map((change) => change.path);
  const run = await at.runs.test({ tree: 'fix' }, { files, coverage: true });
  if (run.coverage === null) return failed(`not measured: ${WHAT_TO_INSTALL[at.input.toolchain.language]}`);
  const told = new Map(run.coverage.map((file) => [file.file, file]));
  return judged(
    changed.map((change) => metIn(change, told.get(change.path))),
    at.input.plan.proof.minCoverage,
  );
}

function judged(met: readonly Met[], least: number): Verdict {
  const covered = met.reduce((sum, file) => sum + file.covered.length, 0);
  const all = met.reduce((sum, file) => sum + file.uncovered.length, covered);
  if (all === 0) return notApplicable('no line that the fix changed can be executed');
  const share = `${Math.floor((100 * covered) / all)}% of ${count(all, 'changed line')}`;
  const missed = met
    .filter((file) => file.uncovered.length > 0)
    .map((file) => `${file.path}:${lineRanges(file.uncovered)}`);
  const rest = missed.length === 0 ? '' : `; not run: ${few(missed)}`;
  if (covered / all >= least) return ok(`the new tests run ${share}${rest}`);
  return failed(`the new tests run only ${share}, at least ${Math.round(100 * least)}% are asked for${rest}`);
}

/** A file that the tool does not know was never loaded: then all its changed lines are missed. */
function metIn(
  { path, lines }: { readonly path: string; readonly lines: readonly number[] },
  told: FileCoverage | undefined,
): Met {
  const within = (some: readonly number[]) => lines.filter((line) => some.includes(line));
  if (told === undefined) return { path, covered: [], uncovered: lines };
  return { path, covered: within(told.covered), uncovered: within(told.uncovered) };
}

/** Added lines that are not blank, without those that run only when the fault is back. */
function linesOf({ path, before, after }: FileChange, { input }: ProofCase): readonly number[] {
  if (after === null) return [];
  const text = after.split('\n');
  const others = input.monitoringLines?.[path] ?? [];
  return addedLineNumbers(before ?? '', after).filter(
    (line) => (text[line - 1] ?? '').trim() !== '' && !others.includes(line),
  );
}

const WHAT_TO_INSTALL: Readonly<Record<ProofCase['input']['toolchain']['language'], string>> = {
  javascript: 'the test runner gave no coverage; for vitest install @vitest/coverage-v8, for mocha c8',
  typescript: 'the test runner gave no coverage; for vitest install @vitest/coverage-v8, for mocha c8',
  python: 'coverage.py is missing; pip install coverage',
  go: '`go test -coverprofile` gave nothing; `go version` should be 1.20 or newer',
  java: 'JaCoCo gave no report; add jacoco-maven-plugin to the local Maven repository',
  ruby: 'SimpleCov is missing; gem install simplecov',
};

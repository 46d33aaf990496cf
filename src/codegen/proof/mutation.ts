import type { TestRun } from '../../domain/fix.ts';
import type { Language } from '../../domain/trace.ts';
import type { FileChange } from '../../ports/workspace.ts';
import { languageOfFile } from '../source-language.ts';
import { type ChangedFunction, changedFunctions } from './changed-functions.ts';
import { changedCodeLines } from './changed-lines.ts';
import { type Mutant, mutantsOf } from './mutants/mutants.ts';
import { failed, notApplicable, ok, type ProofCase, type Verdict } from './proof-case.ts';
import { brokenIn, includesTest, outcomeOf } from './test-results.ts';
import { count, few } from './words.ts';

/** A function is tried with so many mutants that run, at most; those that do not compile are passed over. */
const MOST_TRIES = 5;
const MOST_BROKEN = 8;
/** All mutants of a fix together. */
const BUDGET_MS = 5 * 60_000;
/** A mutant that runs so much longer than the fix hangs. */
const HANGS = 5;
const SHORTEST_MS = 10_000;

/** A changed function with what may be done to it. */
interface Subject {
  readonly file: string;
  readonly name: string;
  readonly mutants: readonly Mutant[];
}

/** What the new tests said of one function's mutants. */
type Trial =
  | { readonly end: 'killed'; readonly subject: Subject; readonly mutant: Mutant }
  | { readonly end: 'survived'; readonly subject: Subject; readonly mutants: readonly Mutant[] }
  | { readonly end: 'out_of_time'; readonly subject: Subject };

/** Are the new tests about the change? Each changed function is spoilt in small ways until they notice one. */
export async function mutation(at: ProofCase): Promise<Verdict> {
  const subjects = (await subjectsOf(at)).filter(({ mutants }) => mutants.length > 0);
  if (subjects.length === 0) return notApplicable('the fix changes no function that could be spoilt');
  const until = at.runs.spentMs() + BUDGET_MS;
  const trials: Trial[] = [];
  for (const subject of subjects) trials.push(await tried(at, subject, until));
  const bad = trials.find((trial) => trial.end !== 'killed');
  return bad === undefined ? ok(killedWords(trials)) : failed(unnoticedWords(bad));
}

async function subjectsOf(at: ProofCase): Promise<readonly Subject[]> {
  const found: Subject[] = [];
  for (const change of at.parts.source) found.push(...(await subjectsIn(change, at)));
  return found;
}

async function subjectsIn(change: FileChange, { input }: ProofCase): Promise<readonly Subject[]> {
  const { path, after } = change;
  const language = languageOfFile(path);
  const root = after === null ? null : await input.parser.parse(path, after);
  if (after === null || root === null || language === null) return [];
  const others = input.monitoringLines?.[path] ?? [];
  const changed = new Set([...changedCodeLines(change, root)].filter((line) => !others.includes(line)));
  const subject = (owner: ChangedFunction, told: Language): Subject => ({
    file: path,
    name: owner.name,
    mutants: mutantsOf(owner, { text: after, language: told }, changed),
  });
  return changedFunctions(root, changed).map((owner) => subject(owner, language));
}

async function tried(at: ProofCase, subject: Subject, until: number): Promise<Trial> {
  const files = at.parts.tests.map((change) => change.path);
  const timeoutMs = Math.max(SHORTEST_MS, HANGS * (at.testsTakeMs ?? 0));
  const survived: Mutant[] = [];
  let broken = 0;
  for (const mutant of subject.mutants) {
    if (at.runs.spentMs() >= until) return { end: 'out_of_time', subject };
    if (survived.length >= MOST_TRIES || broken >= MOST_BROKEN) break;
    at.runs.note(`-- ${subject.file}:${mutant.line}: ${mutant.what}`);
    const run = await at.runs.test(
      { tree: 'fix_with', texts: { [subject.file]: mutant.text } },
      { files, timeoutMs },
    );
    const said = saidOf(run, at, timeoutMs);
    if (said === 'killed') return { end: 'killed', subject, mutant };
    if (said === 'survived') survived.push(mutant);
    else broken += 1;
  }
  return { end: 'survived', subject, mutants: survived };
}

/** What cannot be compiled or loaded tells nothing of the tests. */
function saidOf(run: TestRun, at: ProofCase, timeoutMs: number): 'killed' | 'survived' | 'broken' {
  if (brokenIn(run).some((test) => test.outcome === 'failed' && includesTest(at.newTests, test))) {
    return 'killed';
  }
  if (at.newTests.every((test) => outcomeOf(run, test) === 'passed')) return 'survived';
  return run.durationMs >= timeoutMs ? 'killed' : 'broken';
}

function killedWords(trials: readonly Trial[]): string {
  const told = trials.flatMap((trial) =>
    trial.end === 'killed' ? [`${trial.subject.name} (line ${trial.mutant.line}: ${trial.mutant.what})`] : [],
  );
  return `the new tests notice a spoilt version of ${count(trials.length, 'changed function')}: ${few(told)}`;
}

function unnoticedWords(trial: Trial): string {
  const where = `${trial.subject.name} in ${trial.subject.file}`;
  switch (trial.end) {
    case 'killed':
      return '';
    case 'out_of_time':
      return `no spoilt version of ${where} was noticed within ${BUDGET_MS / 60_000} minutes of test runs`;
    case 'survived': {
      const told = few(trial.mutants.map(({ line, what }) => `line ${line}: ${what}`));
      const tries = told === '' ? 'none of its spoilt versions could be run' : told;
      return `the new tests do not notice any change of ${where}: ${tries}`;
    }
  }
}

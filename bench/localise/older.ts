import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { integerBetween, type Random, seeded } from '../detection/random.ts';
import type { BugCase } from './bug-case.ts';
import { git, writeHistories } from './history.ts';
import { LANGUAGES, type Language } from './language.ts';
import { edited, type Mutation, mutationOf } from './mutate.ts';
import { functionsOf, type NamedFunction, parserOf } from './syntax.ts';

/** What the histories of cases are: the bug among eight commits, older than the newest fifty, or all in one commit. */
export const HISTORIES = ['recent', 'old', 'none'] as const;
export type HistoryKind = (typeof HISTORIES)[number];

/** Newer commits, more than the localiser looks at; half of them in the folder of the bug. */
const NEWER = 50;

interface Ends {
  readonly head: string;
  readonly root: string;
}

/**
 * The newest and the first commit of cases with another history, by their ids. `old`: the bug was there from the beginning, and the last weeks
 * put others right. The cases have to be of one language.
 */
export async function otherHeads(
  kind: Exclude<HistoryKind, 'recent'>,
  repository: string,
  cases: readonly BugCase[],
): Promise<ReadonlyMap<string, Ends>> {
  const heads = new Map<string, Ends>();
  const language = cases[0]?.language ?? 'python';
  const random = seeded(NEWER, LANGUAGES.indexOf(language));
  const functionsIn = remembered(await functionsReader(language));
  for (const bug of cases) {
    const branch = `${kind}-${bug.id}`;
    const known = git(repository, 'for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`);
    const head = known === '' ? write(bug, branch) : known;
    heads.set(bug.id, { head, root: git(repository, 'rev-list', '--max-parents=0', head) });
  }
  return heads;

  function write(bug: BugCase, branch: string): string {
    git(repository, 'checkout', '-q', '-f', '--detach', bug.head);
    const tree = git(repository, 'rev-parse', `${bug.head}^{tree}`);
    const steps = kind === 'none' ? [] : stepsAround(bug, repository, functionsIn, random);
    const textAfter = (file: string, done: number): string =>
      edited(
        readFileSync(join(repository, file), 'utf8'),
        steps.slice(done).flatMap((one) => (one.file === file ? [one.mutation.edit] : [])),
      );
    const once = new Map(steps.map(({ file }) => [file, textAfter(file, 0)]));
    const changes = steps.map(({ file, owner }, i) => ({
      file,
      text: textAfter(file, i + 1),
      symbol: owner.name,
    }));
    writeHistories(repository, tree, [{ branch, once, changes }], random);
    return git(repository, 'rev-parse', branch);
  }
}

async function functionsReader(language: Language): Promise<(text: string) => readonly NamedFunction[]> {
  const parse = await parserOf(language);
  return (text) => functionsOf(parse(text));
}

function remembered<Of>(of: (text: string) => Of): (text: string) => Of {
  const known = new Map<string, Of>();
  return (text) => {
    const found = known.get(text) ?? of(text);
    known.set(text, found);
    return found;
  };
}

interface Step {
  readonly file: string;
  readonly owner: NamedFunction;
  readonly mutation: Mutation;
}

/** Changes of functions that are not the bug's, no two of the same lines. */
function stepsAround(
  { truth }: BugCase,
  repository: string,
  functionsIn: (text: string) => readonly NamedFunction[],
  random: Random,
): readonly Step[] {
  const ending = truth.file.slice(truth.file.lastIndexOf('.'));
  const files = globSync(`**/*${ending}`, { cwd: repository, exclude: ['.git'] }).toSorted();
  const folder = truth.file.slice(0, truth.file.lastIndexOf('/') + 1);
  const beside = files.filter((file) => file.startsWith(folder));
  const steps: Step[] = [];
  for (let tries = 0; steps.length < NEWER && tries < 6 * NEWER; tries += 1) {
    const among = steps.length % 2 === 0 ? beside : files;
    const file = among[integerBetween(random, 0, among.length - 1)] ?? truth.file;
    const text = readFileSync(join(repository, file), 'utf8');
    const all = functionsIn(text);
    const owner = all[integerBetween(random, 0, Math.max(0, all.length - 1))];
    const taken = [...steps.map((one) => ({ file: one.file, ...one.owner })), truth];
    if (
      owner === undefined ||
      taken.some((one) => one.file === file && one.from <= owner.to && owner.from <= one.to)
    )
      continue;
    const mutation = mutationOf(owner, text, random);
    if (mutation !== null) steps.push({ file, owner, mutation });
  }
  return steps;
}

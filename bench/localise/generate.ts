import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { integerBetween, type Random, seeded } from '../detection/random.ts';
import type { BugCase } from './bug-case.ts';
import { type History, initialTree, writeHistories } from './history.ts';
import { LANGUAGES } from './language.ts';
import { logText } from './log-text.ts';
import { edited, lineAt, type Mutation, mutationOf, type Weigh } from './mutate.ts';
import { type Deviation, deviationOf, runNight } from './night.ts';
import { probed, ranOf } from './probes.ts';
import { type Project, runIn } from './project.ts';
import { functionsOf, type NamedFunction, type Parse, parserOf } from './syntax.ts';

export interface Wanted {
  readonly seed: number;
  /** Cases with a trace, and as many without. */
  readonly each: number;
}

/** Bugs are tried until there are enough; a language in which most go unnoticed ends there. */
const TRIES_A_CASE = 15;
const DRAWS_A_CASE = 1000;
/** Commits of a history that have nothing to do with the bug, and how many of them are in the bug's file. */
const OTHERS = 7;
const BESIDE = 2;
/** Bugs of one file, of one function and of one shape at most. */
const MOST_A_FILE = 5;
const MOST_A_FUNCTION = 2;
const MOST_A_SHAPE = 10;

/** Everything that bugs are put into. */
interface Ground {
  readonly project: Project;
  readonly tree: string;
  readonly parse: Parse;
  readonly texts: ReadonlyMap<string, string>;
  readonly places: readonly Place[];
  /** Those that run. */
  readonly alive: readonly Place[];
}

interface Place {
  readonly file: string;
  readonly owner: NamedFunction;
}

/** A bug that was noticed. */
interface Noticed {
  readonly place: Place;
  readonly mutation: Mutation;
  readonly text: string;
  readonly deviation: Deviation;
  readonly withTrace: boolean;
}

/** Makes the repository of a language in `folder/repository`, with a branch a case. */
export async function generateCases(
  project: Project,
  folder: string,
  wanted: Wanted,
): Promise<readonly BugCase[]> {
  const random = seeded(wanted.seed, LANGUAGES.indexOf(project.language));
  const ground = await groundOf(project, folder);
  const noticed = noticedBugs(ground, wanted.each, random);
  const repository = join(folder, 'repository');
  mkdirSync(repository);
  for (const file of filesIn(ground.tree)) cpSync(join(ground.tree, file), join(repository, file));
  const histories = noticed.map((one) => historyOf(one, ground, random));
  const written = writeHistories(
    repository,
    initialTree(repository),
    histories.map(({ history }) => history),
    random,
  );
  return noticed.flatMap((one, i) => {
    const [commits = [], at = 0] = [written[i], histories[i]?.at];
    return caseOf(one, ground, { commit: commits[at] ?? '', head: commits.at(-1) ?? '' }, random);
  });
}

async function groundOf(project: Project, folder: string): Promise<Ground> {
  const tree = join(folder, 'tree');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(tree, { recursive: true });
  cpSync(join(import.meta.dirname, 'apps', project.language), tree, { recursive: true });
  project.fill(tree, join(dirname(folder), 'downloads'));
  const parse = await parserOf(project.language);
  const files = filesIn(tree).filter((file) => project.sources.test(file) && !project.journal.test(file));
  const texts = new Map(files.map((file) => [file, readFileSync(join(tree, file), 'utf8')]));
  const places = files.flatMap((file) =>
    functionsOf(parse(texts.get(file) ?? '')).map((owner): Place => ({ file, owner })),
  );
  const ground = { project, tree, parse, texts, places, alive: [] };
  return { ...ground, alive: alivePlaces(ground) };
}

function filesIn(tree: string): readonly string[] {
  return globSync('**/*', { cwd: tree, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(tree.length + 1))
    .filter((file) => !file.startsWith('out/'))
    .toSorted();
}

/** Runs the application once with a probe in every function. */
function alivePlaces({ project, tree, texts, places }: Ground): readonly Place[] {
  for (const [file, text] of texts) {
    const first = places.findIndex((place) => place.file === file);
    const owners = places.filter((place) => place.file === file).map(({ owner }) => owner);
    if (owners.length > 0) writeFileSync(join(tree, file), probed(text, owners, first, project));
  }
  const compiled = project.compile(tree, null);
  const ran = ranOf(runIn(tree, project.command).err);
  for (const [file, text] of texts) writeFileSync(join(tree, file), text);
  if (!compiled || ran.size === 0 || !project.compile(tree, null)) {
    throw new Error(`the ${project.language} application does not run: see ${tree}`);
  }
  return places.filter((_, i) => ran.has(i));
}

function noticedBugs(ground: Ground, each: number, random: Random): readonly Noticed[] {
  const { alive, project, tree } = ground;
  const usual = runNight(project, tree);
  const found: Noticed[] = [];
  const shapes = shapeRecord();
  const weigh: Weigh = (shape) => (countOf(shape, found) < MOST_A_SHAPE ? shapes.weigh(shape) : 0);
  let tries = 0;
  for (let draws = 0; draws < DRAWS_A_CASE * each && tries < TRIES_A_CASE * each; draws += 1) {
    if (found.length === 2 * each) break;
    const place = alive[integerBetween(random, 0, alive.length - 1)];
    if (place === undefined || !isFresh(place, found)) continue;
    const mutation = mutationOf(place.owner, textOf(ground, place.file), random, weigh);
    if (mutation === null) continue;
    tries += 1;
    const text = edited(textOf(ground, place.file), [mutation.edit]);
    const deviation = tryBug(ground, place.file, text, usual);
    const withTrace = deviation === null ? null : kindOf(deviation, found, each);
    shapes.tried(mutation.shape, withTrace !== null);
    if (deviation === null || withTrace === null) continue;
    found.push({ place, mutation, text, deviation, withTrace });
    process.stderr.write(`${project.language}: ${found.length} bugs noticed of ${tries} tried\r`);
  }
  process.stderr.write('\n');
  return found;
}

/** With a trace or without, whichever it may be and is wanted still; null when neither is. */
function kindOf(deviation: Deviation, found: readonly Noticed[], each: number): boolean | null {
  const traced = found.filter(({ withTrace }) => withTrace).length;
  if (deviation.kind === 'failed' && deviation.trace !== '' && traced < each) return true;
  return found.length - traced < each ? false : null;
}

/** Shapes that brought what is wanted are tried more often: in Go few bugs end in a trace. */
function shapeRecord(): { readonly weigh: Weigh; tried(shape: string, paid: boolean): void } {
  const records = new Map<string, { tried: number; paid: number }>();
  const recordOf = (shape: string) => records.get(shape) ?? { tried: 0, paid: 0 };
  return {
    weigh: (shape) => (recordOf(shape).paid + 1) / (recordOf(shape).tried + 2),
    tried: (shape, paid) => {
      const { tried: before, paid: gained } = recordOf(shape);
      records.set(shape, { tried: before + 1, paid: gained + (paid ? 1 : 0) });
    },
  };
}

function isFresh({ file, owner }: Place, found: readonly Noticed[]): boolean {
  const same = found.filter(({ place }) => place.file === file);
  return (
    same.length < MOST_A_FILE && same.filter(({ place }) => place.owner === owner).length < MOST_A_FUNCTION
  );
}

function countOf(shape: string, found: readonly Noticed[]): number {
  return found.filter(({ mutation }) => mutation.shape === shape).length;
}

function textOf({ texts }: Ground, file: string): string {
  return texts.get(file) ?? '';
}

function tryBug(
  { project, tree, texts }: Ground,
  file: string,
  text: string,
  usual: Parameters<typeof deviationOf>[0],
): Deviation | null {
  writeFileSync(join(tree, file), text);
  const compiled = project.compile(tree, [file]);
  const deviation = compiled ? deviationOf(usual, runNight(project, tree)) : null;
  writeFileSync(join(tree, file), texts.get(file) ?? '');
  project.restore?.(tree, [file]);
  return deviation;
}

/**
 * The bug among changes of the same kind: other functions were wrong once, and were put right one after the other. `at`
 * is the place of the bug's commit among them.
 */
function historyOf(
  { place, mutation }: Noticed,
  ground: Ground,
  random: Random,
): { readonly history: History; readonly at: number } {
  const others = otherChanges(place, ground, random);
  const at = integerBetween(random, 0, others.length);
  const steps = others.toSpliced(at, 0, { place, mutation });
  const textAfter = (file: string, step: number): string => {
    const wrong = steps.filter((one, i) => one.place.file === file && (i === at ? i < step : i >= step));
    return edited(
      textOf(ground, file),
      wrong.map((one) => one.mutation.edit),
    );
  };
  const once = new Map(steps.map((one) => [one.place.file, textAfter(one.place.file, 0)]));
  const changes = steps.map((one, i) => ({
    file: one.place.file,
    text: textAfter(one.place.file, i + 1),
    symbol: one.place.owner.name,
  }));
  return { history: { once, changes }, at };
}

type Step = Pick<Noticed, 'place' | 'mutation'>;

function otherChanges(bug: Place, ground: Ground, random: Random): readonly Step[] {
  const steps: Step[] = [];
  const beside = ground.places.filter(({ file }) => file === bug.file);
  for (let tries = 0; steps.length < OTHERS && tries < 200; tries += 1) {
    const among = steps.length < BESIDE && tries < 20 ? beside : ground.places;
    const place = among[integerBetween(random, 0, among.length - 1)];
    if (place === undefined || [bug, ...steps.map((one) => one.place)].some((one) => overlap(one, place)))
      continue;
    const mutation = mutationOf(place.owner, textOf(ground, place.file), random);
    if (mutation !== null) steps.push({ place, mutation });
  }
  return steps;
}

function overlap(one: Place, other: Place): boolean {
  return one.file === other.file && one.owner.from <= other.owner.to && other.owner.from <= one.owner.to;
}

/** The truth is told of the innermost function around the change. */
function caseOf(
  { place, mutation, text, deviation, withTrace }: Noticed,
  { parse, project: { language }, tree }: Ground,
  { commit, head }: { readonly commit: string; readonly head: string },
  random: Random,
): BugCase {
  const line = lineAt(text, mutation.edit.from);
  const owner =
    functionsOf(parse(text)).findLast(({ from, to }) => from <= line && line <= to) ?? place.owner;
  const { name, from, to } = owner;
  const { file } = place;
  const key = [language, file, name, mutation.shape, mutation.edit.text, String(line)].join('\n');
  return {
    id: createHash('sha256').update(key).digest('hex').slice(0, 12),
    language,
    shape: mutation.shape,
    withTrace,
    log: logText(deviation, { language, tree, withTrace }, random),
    truth: { file, line, function: name, from, to, commit },
    head,
  };
}

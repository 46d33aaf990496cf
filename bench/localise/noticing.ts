import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { integerBetween, type Random } from '../detection/random.ts';
import { type Ground, type Place, textOf } from './ground.ts';
import { edited, type Mutation, mutationOf, type Weigh } from './mutate.ts';
import { type Deviation, deviationOf, runNight, type Told } from './night.ts';

/** Bugs are tried until there are enough; a language in which most go unnoticed ends there. */
const TRIES_A_CASE = 8;
const DRAWS_A_CASE = 1000;
/** Runs without a bug, beside the first. */
const AGAIN = 4;
/** Bugs of one file, of one function and of one shape at most. */
const MOST_A_FILE = 5;
const MOST_A_FUNCTION = 2;
const MOST_A_SHAPE = 10;

/** A bug that was noticed. */
export interface Noticed {
  readonly place: Place;
  readonly mutation: Mutation;
  readonly text: string;
  readonly deviation: Deviation;
  readonly withTrace: boolean;
}

/** Puts one bug after the other into functions that run, and keeps those that show: `each` with a trace, as many without. */
export function noticedBugs(ground: Ground, each: number, random: Random): readonly Noticed[] {
  const { alive, project } = ground;
  const usual = usualNight(ground);
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

/** What the application tells without a bug. One that tells another thing now and then would make bugs of nothing. */
function usualNight({ project, tree }: Ground): readonly Told[] {
  const usual = runNight(project, tree);
  for (let again = 0; again < AGAIN; again += 1) {
    const other = deviationOf(usual, runNight(project, tree));
    if (other !== null) throw new Error(`the ${project.language} application is fickle: ${other.words}`);
  }
  return usual;
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

function tryBug(
  { project, tree, texts }: Ground,
  file: string,
  text: string,
  usual: readonly Told[],
): Deviation | null {
  writeFileSync(join(tree, file), text);
  const compiled = project.compile(tree, [file]);
  const deviation = compiled ? deviationOf(usual, runNight(project, tree)) : null;
  writeFileSync(join(tree, file), texts.get(file) ?? '');
  project.restore?.(tree, [file]);
  return deviation;
}

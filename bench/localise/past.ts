import { integerBetween, type Random } from '../detection/random.ts';
import { type Ground, type Place, textOf } from './ground.ts';
import type { History } from './history.ts';
import { edited, mutationOf } from './mutate.ts';
import type { Noticed } from './noticing.ts';

/** Commits of a history that have nothing to do with the bug, and how many of them are in the bug's file. */
const OTHERS = 7;
const BESIDE = 2;

/**
 * The bug among changes of the same kind: other functions were wrong once, and were put right one after the other. `at`
 * is the place of the bug's commit among them.
 */
export function pastOf(
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

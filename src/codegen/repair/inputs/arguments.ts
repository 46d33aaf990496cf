import type { Cause } from '../candidate.ts';
import type { Routine } from '../dialect.ts';
import type { Scope } from '../path.ts';
import type { Source } from '../program.ts';
import { shapesOf } from '../shape.ts';
import { pokeLines } from './poke.ts';
import { sampleOf, type Wanted } from './sample.ts';

/** What a test hands in: statements before the call, and arguments, both as written. */
export interface Arguments {
  readonly before: readonly string[];
  readonly args: readonly string[];
}

export interface Asked {
  readonly routine: Routine;
  readonly causes: readonly Cause[];
  readonly scope: Scope;
  readonly source: Source;
  /** Arguments of an existing test; what is null or not there is made up. */
  readonly seeds: readonly (string | null)[];
  /** Change what existing tests hand in instead of making it up. */
  readonly isPoking: boolean;
}

/** Null where no input can be known. Default values are left alone from the first parameter on that needs nothing. */
export function argumentsFor(asked: Asked): Arguments | null {
  const { routine, causes, seeds, source } = asked;
  const shapes = shapesOf(routine, asked.scope);
  const { writing, language } = source.dialect;
  const before: string[] = [];
  const args: string[] = [];
  const last = lastNeeded(asked);
  for (const [at, parameter] of routine.parameters.entries()) {
    if (at > last) break;
    const wanted = causes
      .filter(({ path }) => path.parameter === at)
      .map(({ path: { steps }, value }): Wanted => ({ steps, value }));
    const seed = seeds[at] ?? null;
    const shape = shapes[at];
    if (shape === undefined) return null;
    const isDeep =
      wanted.length > 0 && wanted.every(({ steps, value }) => steps.length > 0 && typeof value !== 'string');
    if (seed !== null && wanted.length === 0) args.push(seed);
    else if (seed !== null && asked.isPoking && isDeep) {
      const name = parameter.name ?? 'given';
      const pokes = wanted.map(({ steps, value }) =>
        typeof value === 'string' ? null : pokeLines({ name, steps, value: writing.value(value) }, language),
      );
      if (!pokes.every((lines) => lines !== null)) return null;
      before.push(declared(name, seed, source), ...pokes.flat());
      args.push(name);
    } else args.push(writing.value(sampleOf(shape, wanted)));
  }
  return { before, args };
}

function lastNeeded({ routine, causes, seeds }: Asked): number {
  const needed = routine.parameters.map(
    ({ hasDefault }, at) => !hasDefault || causes.some(({ path }) => path.parameter === at),
  );
  return Math.max(needed.lastIndexOf(true), seeds.length - 1);
}

function declared(name: string, value: string, { dialect: { language } }: Source): string {
  return language === 'javascript' || language === 'typescript'
    ? `const ${name} = ${value};`
    : `${name} = ${value}`;
}

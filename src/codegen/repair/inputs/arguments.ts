import type { Cause } from '../candidate.ts';
import type { Parameter, Routine } from '../dialect.ts';
import type { Scope } from '../path.ts';
import type { Source } from '../program.ts';
import { type Shape, shapesOf } from '../shape.ts';
import { pokeLines } from './poke.ts';
import { sampleOf, type Wanted } from './sample.ts';
import { goValue } from './typed/go.ts';
import { javaValue } from './typed/java.ts';
import type { Types } from './typed/types.ts';

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
  readonly types: Types;
  /** Arguments of an existing test; what is null or not there is made up. */
  readonly seeds: readonly (string | null)[];
  /** Change what existing tests hand in instead of making it up. */
  readonly isPoking: boolean;
}

/** Parameters at the end that have a default and need nothing are left to it. */
export function argumentsFor(asked: Asked): Arguments {
  const { routine, causes, scope, seeds } = asked;
  const shapes = shapesOf(routine, scope);
  const needed = routine.parameters.slice(0, lastNeeded(asked) + 1);
  const given = needed.map((parameter, at) => {
    const own = causes.filter(({ path }) => path.parameter === at);
    const wanted = own.map(({ path: { steps }, value }): Wanted => ({ steps, value }));
    return argument({ parameter, wanted, seed: seeds[at] ?? null, shape: shapes[at] }, asked);
  });
  return { before: given.flatMap(({ before }) => before), args: given.map(({ text }) => text) };
}

function lastNeeded({ routine, causes, seeds }: Asked): number {
  const needed = routine.parameters.map(
    ({ hasDefault }, at) => !hasDefault || causes.some(({ path }) => path.parameter === at),
  );
  return Math.max(needed.lastIndexOf(true), seeds.length - 1);
}

interface One {
  readonly parameter: Parameter;
  readonly wanted: readonly Wanted[];
  readonly seed: string | null;
  readonly shape: Shape | undefined;
}

interface Given {
  readonly before: readonly string[];
  readonly text: string;
}

function argument(one: One, asked: Asked): Given {
  const { seed, wanted } = one;
  if (seed !== null && wanted.length === 0) return { before: [], text: seed };
  const poked = seed !== null && asked.isPoking ? pokedInto(seed, one, asked.source) : null;
  return poked ?? { before: [], text: madeUp(one, asked) };
}

/** What an existing test hands in, with what is wanted put into it. Null where it cannot be put there. */
function pokedInto(seed: string, { parameter, wanted }: One, { dialect }: Source): Given | null {
  const name = parameter.name ?? 'given';
  const { language, writing } = dialect;
  const pokes = wanted.map(({ steps, value }) =>
    typeof value === 'string' ? null : pokeLines({ name, steps, value: writing.value(value) }, language),
  );
  if (!pokes.every((lines) => lines !== null)) return null;
  const isScript = language === 'javascript' || language === 'typescript';
  const first = isScript ? `const ${name} = ${seed};` : `${name} = ${seed}`;
  return { before: [first, ...pokes.flat()], text: name };
}

function madeUp({ parameter, wanted, seed, shape }: One, { source, types }: Asked): string {
  const { language, writing } = source.dialect;
  if (language === 'go') return goValue(parameter.type ?? '', wanted, types);
  if (language === 'java') return javaValue(parameter.type ?? '', wanted, types);
  if (shape === undefined) return writing.value({ is: 'nothing' });
  // Text is looked at by index like a list; what existing tests hand in tells which it is.
  if (shape.kind === 'list' && /^["']/.test(seed ?? '')) shape.kind = 'text';
  return writing.value(sampleOf(shape, wanted));
}

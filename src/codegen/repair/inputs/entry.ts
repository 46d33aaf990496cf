import type { Candidate, Cause, Promised } from '../candidate.ts';
import type { Reading, Routine } from '../dialect.ts';
import { further, pathOf, type Scope, SELF } from '../path.ts';
import type { Program } from '../program.ts';
import { nodesIn } from '../tree.ts';

/** A routine that a test can call, and what has to be handed in there. */
export interface Entry {
  readonly routine: Routine;
  readonly causes: readonly Cause[];
  readonly gives: Promised;
}

const MOST_CALLERS = 3;

/** The routine itself where a test can reach it, else those of its file that call it, nearest first. */
export function entriesOf(
  { causes, gives }: Pick<Candidate, 'causes' | 'gives'>,
  routine: Routine,
  program: Program,
): readonly Entry[] {
  let now: readonly Entry[] = [{ routine, causes, gives }];
  for (let far = 0; far < MOST_CALLERS; far += 1) {
    const reachable = now.filter((entry) => entry.routine.isReachable);
    if (reachable.length > 0) return reachable;
    now = now.flatMap((entry) => callersOf(entry, program));
  }
  return [];
}

function callersOf(entry: Entry, program: Program): readonly Entry[] {
  const { reading } = program.suspect.dialect;
  return program.routines
    .filter((routine) => routine !== entry.routine)
    .flatMap((routine) => calledFrom(routine, entry, { routine, reading, known: program.known }));
}

function calledFrom(routine: Routine, { routine: callee, causes }: Entry, scope: Scope): readonly Entry[] {
  for (const node of nodesIn(routine.body)) {
    const meaning = scope.reading.meaning(node);
    if (meaning.is !== 'call' || meaning.name !== callee.name) continue;
    const moved = causes.map((cause): Cause | null => {
      const arg = meaning.args[cause.path.parameter];
      const path = cause.path.parameter === SELF ? cause.path : arg === undefined ? null : pathOf(arg, scope);
      const whole = cause.path.parameter === SELF ? path : further(path, cause.path.steps);
      return whole === null ? null : { path: whole, value: cause.value };
    });
    if (moved.every((cause) => cause !== null)) return [{ routine, causes: moved, gives: null }];
  }
  return [];
}

/** What the constructor has to be handed for the object's fields to be so. */
export function throughConstructor(
  causes: readonly Cause[],
  made: Routine,
  reading: Reading,
): readonly Cause[] {
  return causes.flatMap((cause) => {
    const [first, ...steps] = cause.path.steps;
    if (first?.is !== 'field') return [];
    const parameter = parameterFor(first.name, made, reading);
    return parameter === -1 ? [] : [{ path: { parameter, steps }, value: cause.value }];
  });
}

function parameterFor(field: string, made: Routine, reading: Reading): number {
  for (const node of nodesIn(made.body)) {
    const meaning = reading.meaning(node);
    if (meaning.is !== 'assign') continue;
    const target = reading.meaning(meaning.target);
    const name = target.is === 'field' ? target.name : target.is === 'name' ? target.name : null;
    if (name === field) return made.parameters.findIndex((one) => one.name === meaning.value.text);
  }
  return made.parameters.findIndex((one) => one.name === field);
}

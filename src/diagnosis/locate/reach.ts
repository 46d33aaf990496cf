import type { Call, Scope } from '../../ports/syntax.ts';
import { meantBy } from './called.ts';
import { type Code, enclosingBlock, enclosingScope, isCallable } from './code.ts';
import { type Flow, flowInto } from './flow-into.ts';
import type { Spot } from './spot.ts';
import { testBlock } from './tested.ts';
import { REACH } from './weights.ts';

/** A function that what is known of a fault leads to. */
export interface Reached {
  readonly file: string;
  readonly scope: Scope;
  /** How surely, by the score of the place where the way begins. */
  readonly score: number;
  /** Calls away from that place; 0 where it stands in the function itself. */
  readonly steps: number;
  /** Name of what calls it; null where no function does. */
  readonly caller: string | null;
  /** It makes a value that is used at the place, or the one that was missing there. */
  readonly flow: Flow;
}

/**
 * Functions that are called from these places, and what those call in turn, by the best way that leads to each. `message` is
 * that of the error at the first of them; empty where there is none.
 */
export async function reachFrom(
  spots: readonly Spot[],
  message: string,
  code: Code,
): Promise<ReadonlyMap<Scope, Reached>> {
  const reached = new Map<Scope, Reached>();
  const reach = (one: Reached): readonly Reached[] => {
    if (one.score < REACH.least || (reached.get(one.scope)?.score ?? 0) >= one.score) return [];
    reached.set(one.scope, one);
    return [one];
  };
  const starts = await Promise.all(
    spots.map((spot, rank) => startsAt(spot, rank === 0 ? message : '', code)),
  );
  let next = starts.flat().flatMap(reach);
  for (let steps = 0; steps < REACH.steps; steps += 1) {
    next = next
      .filter((one) => reached.get(one.scope) === one && (one.steps > 0 || !isCallable(one.scope)))
      .flatMap((one) => calledBy(one, code))
      .flatMap(reach);
  }
  return reached;
}

function calledBy({ file, scope, score, steps }: Reached, code: Code): readonly Reached[] {
  const names = new Set(scope.calls.map(({ name }) => name));
  return [...names].flatMap((name) =>
    meantBy(name, file, code).map((meant) => ({
      file: meant.file,
      scope: meant.scope,
      score: score * REACH.step * meant.share,
      steps: steps + 1,
      caller: scope.name === '' ? null : scope.name,
      flow: null,
    })),
  );
}

/** The function around a place, and what is called or named near it. */
async function startsAt(spot: Spot, message: string, code: Code): Promise<readonly Reached[]> {
  const { file, line, score } = spot;
  const around = (await testBlock(file, line, code)) ?? surroundings(file, line, code);
  if (around === null) return [];
  const { scope, from, to } = around;
  const caller = scope.kind === 'file' ? null : scope.name;
  const lines = ((await code.repository.read(file)) ?? '').split('\n');
  const calls = scope.calls.filter((call) => from <= call.line && call.line <= to);
  const named = mentioned(lines.slice(line - 1, line + 1)).map((name): Call => ({ name, line }));
  const flow = flowInto(line, message, lines, from);
  const near = [...flow.returned, ...calls, ...named].flatMap((call) =>
    meantBy(call.name, file, code).map(
      (meant): Reached => ({
        file: meant.file,
        scope: meant.scope,
        score: score * REACH.step * meant.share * (flow.of(call) === null ? nearness(call.line - line) : 1),
        steps: 1,
        caller,
        flow: flow.of(call),
      }),
    ),
  );
  const makers = flow.fields.flatMap((at) => makerAt(at, spot, code));
  const starts = [...makers, ...near].toSorted((a, b) => rankOf(b) - rankOf(a));
  return scope.kind === 'file'
    ? starts
    : [{ file, scope, score, steps: 0, caller: null, flow: null }, ...starts];
}

/** What sets a member of the object that was missing. */
function makerAt(line: number, { file, score, line: missing }: Spot, code: Code): readonly Reached[] {
  const scope = enclosingScope(code, file, line);
  if (scope === null || scope === enclosingScope(code, file, missing)) return [];
  return [{ file, scope, score: score * REACH.step, steps: 1, caller: null, flow: 'missing' }];
}

/** Of two ways to a function, the one that says more of the value comes first. */
function rankOf({ flow }: Reached): number {
  return flow === 'missing' ? 2 : flow === 'feeds' ? 1 : 0;
}

export interface Surroundings {
  readonly scope: Scope;
  /** Lines of it that belong to the place. */
  readonly from: number;
  readonly to: number;
}

/** The function around a line, or the block of a function or file that it stands in; what a decorator stands on. */
function surroundings(file: string, line: number, code: Code): Surroundings | null {
  const scopes = code.index.outlines.get(file)?.scopes ?? [];
  const scope = enclosingScope(code, file, line) ?? scopes[0];
  if (scope === undefined) return null;
  if (isCallable(scope)) return { scope, from: scope.from, to: scope.to };
  const block = enclosingBlock(code, file, line, scope);
  if (block !== null) return { scope, ...block };
  const decorated = scopes.find((one) => isCallable(one) && line < one.from && one.from <= line + DECORATORS);
  if (decorated !== undefined) return { scope: decorated, from: decorated.from, to: decorated.to };
  return { scope, from: line - BESIDE, to: line + BESIDE };
}

/** Lines from a decorator to its function, and around a statement that stands in no function. */
const DECORATORS = 3;
const BESIDE = 5;

/** What is called in the same statement says most, then what was called before it, then what comes after. */
function nearness(lines: number): number {
  if (lines >= 0 && lines <= REACH.statement) return 1;
  return Math.max(REACH.far, 1 - REACH.fade * Math.abs(lines)) * (lines > 0 ? REACH.after : 1);
}

/** Names in the code of some lines, with what they are called on. */
function mentioned(lines: readonly string[]): readonly string[] {
  const code = lines.join('\n').replaceAll(/'[^'\n]*'|"[^"\n]*"|\/\/.*$/gm, "''");
  return [...new Set(code.match(/[A-Za-z_$][\w$.]{2,}/g) ?? [])];
}

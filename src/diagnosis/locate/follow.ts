import type { Scope } from '../../ports/syntax.ts';
import type { Code, Definition } from './code.ts';
import { definedAs } from './defined-as.ts';
import type { RoutePlace } from './route-places.ts';

/** A function that is reached from a route. */
export interface Reached {
  readonly file: string;
  readonly symbol: string | null;
  /** 1-based, inclusive. */
  readonly from: number;
  readonly to: number;
  /** Calls away from the route. */
  readonly steps: number;
  readonly body: readonly string[];
}

/** How many definitions are followed: a small service has fewer, a large one is not crawled. */
const MOST_REACHED = 14;
const MOST_STEPS = 3;

/** Definitions reached from the places of a route, breadth first; a handler written into the router is one of them. */
export async function follow(places: readonly RoutePlace[], code: Code): Promise<readonly Reached[]> {
  const inline = places.flatMap(inlineHandler);
  const reached: (Definition & { readonly steps: number })[] = [];
  const seen = new Set<Scope>();
  let next = places.flatMap((place) => handlersOf(place, code));
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const fresh = [...new Map(next.map((one) => [one.scope, one])).values()]
      .filter(({ scope }) => !seen.has(scope))
      .slice(0, MOST_REACHED - inline.length - reached.length);
    for (const { scope } of fresh) seen.add(scope);
    reached.push(...fresh.map((one) => ({ ...one, steps })));
    next = fresh.flatMap(({ file, scope }) => scope.calls.flatMap(({ name }) => definedAs(name, file, code)));
  }
  return [...inline, ...(await Promise.all(reached.map((one) => withBody(one, code))))];
}

function inlineHandler({ file, line, handler, block }: RoutePlace): readonly Reached[] {
  const written = block.filter((text) => text.trim() !== '');
  if (handler !== null || written.length < 4) return [];
  return [{ file, symbol: null, from: line, to: line + block.length - 1, steps: 0, body: block }];
}

/** What a decorator stands on, else every function that the lines of the route name. */
function handlersOf({ file, handler, block }: RoutePlace, code: Code): readonly Definition[] {
  if (handler !== null) return [{ file, scope: handler }];
  const text = block.join('\n').replaceAll(/'[^'\n]*'|"[^"\n]*"|\/\/.*$/gm, "''");
  const names = text.match(/[A-Za-z_$][\w$.]{2,}/g) ?? [];
  return [...new Set(names)].flatMap((name) => definedAs(name, file, code));
}

async function withBody(
  { file, scope, steps }: Definition & { readonly steps: number },
  { repository }: Code,
): Promise<Reached> {
  const { name, from, to } = scope;
  const lines = (await repository.read(file))?.split('\n') ?? [];
  return { file, symbol: name, from, to, steps, body: lines.slice(from - 1, to) };
}

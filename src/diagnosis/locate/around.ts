import { type Code, enclosingScope } from './code.ts';
import { definedAs } from './defined-as.ts';
import { isAside } from './source-text.ts';
import type { Spot } from './spot.ts';
import { AROUND, ASIDE } from './weights.ts';

const MOST_CALLED = 4;

/** Functions that are called, one step away, where the best of these places lies: what went wrong there may lie in them. */
export function calledAround(spots: readonly Spot[], code: Code): readonly Spot[] {
  const [best] = spots.toSorted((a, b) => b.score - a.score);
  const scope = best === undefined ? null : enclosingScope(code, best.file, best.line);
  if (best === undefined || scope === null) return [];
  // What is called near the place comes first, before it rather than after it.
  const calls = scope.calls.toSorted((a, b) => distance(a.line, best.line) - distance(b.line, best.line));
  const called = calls
    .flatMap(({ name }) => definedAs(name, best.file, code))
    .filter((one) => one.scope !== scope);
  return [...new Map(called.map((one) => [one.scope, one])).values()]
    .slice(0, MOST_CALLED)
    .map(({ file, scope: { name, from } }, at) => ({
      file,
      line: from,
      symbol: name,
      score: best.score * AROUND.called * AROUND.fade ** at * (isAside(file) ? ASIDE : 1),
      why: `is called by ${scope.name}`,
    }));
}

function distance(called: number, line: number): number {
  return called <= line ? line - called : (called - line) * 2;
}

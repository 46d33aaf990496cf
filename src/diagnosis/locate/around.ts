import type { Scope } from '../../ports/syntax.ts';
import { type Code, enclosingScope } from './code.ts';
import { type Reached, reachFrom } from './reach.ts';
import type { Recent } from './recent.ts';
import { isAside } from './source-text.ts';
import type { Spot } from './spot.ts';
import { AROUND, ASIDE, RECENT } from './weights.ts';

/**
 * The places that the evidence names, and the functions that are called from there, call by call: what went wrong there may
 * lie in them. Those that changed lately come first. What changed but is not reached is no suspect.
 */
export async function withCalled(
  spots: readonly Spot[],
  recent: ReadonlyMap<Scope, Recent>,
  code: Code,
): Promise<readonly Spot[]> {
  const reached = await reachFrom(spots, code);
  const named = spots.map((spot) => {
    const scope = enclosingScope(code, spot.file, spot.line);
    const change = scope === null ? undefined : recent.get(scope);
    return change === undefined ? spot : changedSpot(spot, change);
  });
  const called = [...reached.values()]
    .filter(({ steps }) => steps > 0)
    .map((one) => calledSpot(one, recent.get(one.scope)));
  return [...named, ...called];
}

function calledSpot(reached: Reached, change: Recent | undefined): Spot {
  const { file, scope, score, caller } = reached;
  const spot = {
    file,
    line: scope.from,
    symbol: scope.name,
    score: score * (isAside(file) ? ASIDE : 1),
    why: caller === null ? 'is called there' : `is called by ${caller}`,
  };
  return change === undefined
    ? { ...spot, score: spot.score * AROUND.called }
    : changedSpot({ ...spot, line: change.line }, change);
}

function changedSpot(spot: Spot, { weight }: Recent): Spot {
  return { ...spot, score: spot.score * (1 + RECENT.reached * weight), why: `${spot.why}, changed lately` };
}

import { isTestFile } from '../../domain/test-file.ts';
import type { Scope } from '../../ports/syntax.ts';
import { type Code, enclosingScope } from './code.ts';
import { hintedAt } from './hinted.ts';
import { type Reached, reachFrom } from './reach.ts';
import type { Recent } from './recent.ts';
import { isAside } from './source-text.ts';
import type { Spot } from './spot.ts';
import { likenessToTests } from './tested.ts';
import { AROUND, ASIDE, HINT, RECENT, TESTED } from './weights.ts';

/**
 * The places that the evidence names, and the functions that are called from there, call by call: what went wrong there may
 * lie in them. Those that changed lately come first. What changed but is not reached is no suspect.
 */
export async function withCalled(
  spots: readonly Spot[],
  recent: ReadonlyMap<Scope, Recent>,
  code: Code,
  message: string | null,
): Promise<readonly Spot[]> {
  const best = Math.max(...spots.map(({ score }) => score));
  const raised = (spot: Spot, change: Recent | undefined): Spot =>
    change === undefined ? spot : raisedBy(change, spot, best, message === null ? 'printed' : 'threw');
  const reached = await reachFrom(spots, message ?? '', code);
  const likeness = await likenessToTests(spots, code);
  const named = spots.map((spot) => {
    const scope = enclosingScope(code, spot.file, spot.line);
    return scope === null ? spot : raised(spot, recent.get(scope));
  });
  const called = [...reached.values()].filter(({ steps }) => steps > 0);
  const hinted = [...recent.values()]
    .filter(({ scope }) => !reached.has(scope))
    .flatMap((change) => hintedAt(change, [...reached.values()], code) ?? []);
  const spotOf = (one: Reached): Spot =>
    calledSpot({ ...one, score: one.score * likeness(one.file, one.scope) }, recent.get(one.scope), raised);
  // A way that no call tells is too weak to come before what the evidence itself names.
  const behind = hinted
    .map(spotOf)
    .map((spot) => ({ ...spot, score: Math.min(spot.score, best * HINT.most) }));
  const work = called.map(spotOf);
  return [...behindWork(named, work), ...work, ...behind];
}

/** A test that failed did its work: what it calls is at fault, seldom the test. */
function behindWork(named: readonly Spot[], work: readonly Spot[]): readonly Spot[] {
  const most = Math.max(...work.map(({ score }) => score));
  if (work.length === 0 || !named.every(({ file }) => isTestFile(file))) return named;
  return named.map((spot) => ({ ...spot, score: Math.min(spot.score, most * TESTED.own) }));
}

/** By what changed in it; never lower than it was. */
function raisedBy({ weight }: Recent, spot: Spot, best: number, by: 'threw' | 'printed'): Spot {
  const { reached, distance } = RECENT[by];
  const score = best * reached * weight * (spot.score / best) ** distance;
  return { ...spot, score: Math.max(score, spot.score), why: `${spot.why}, changed lately` };
}

const FLOWS = {
  missing: 'made the value that was missing there',
  feeds: 'made a value that is used there',
} as const;

function calledSpot(
  { file, scope, score: way, caller, flow }: Reached,
  change: Recent | undefined,
  raised: (spot: Spot, change: Recent | undefined) => Spot,
): Spot {
  const score = way * (isAside(file) ? ASIDE : 1);
  const why = flow === null ? (caller === null ? 'is called there' : `is called by ${caller}`) : FLOWS[flow];
  const share = flow === null ? AROUND.called : AROUND[flow];
  const spot = { file, line: change?.line ?? scope.from, symbol: scope.name, why };
  return raised({ ...spot, score: change === undefined ? score * share : score }, change);
}

import type { Repository } from '../../ports/repository.ts';
import { follow, type Reached } from './follow.ts';
import { routePlaces } from './route-literals.ts';
import { slowLine } from './slow-shapes.ts';
import type { Spot } from './spot.ts';

/** What a function weighs by itself, less each call away from the route, more for each thing that speaks against it. */
const HANDLER = 0.5;
const STEP = 0.06;
const SLOW = 0.3;
const NEWEST = 0.3;
const ROUTER = 0.3;

/**
 * The work behind an HTTP route: from the literal in the router to the handler it names, and on to what that calls. What
 * changed last and what has the shape of slow code counts more, so the function that does the work comes before the
 * router.
 */
export async function fromRoute(route: string, repository: Repository): Promise<readonly Spot[]> {
  const places = await routePlaces(route, repository);
  const reached = await follow(places, repository);
  const changes = await Promise.all(reached.map((one) => lastChange(one, repository)));
  const newest = Math.max(...changes);
  const isTelling = changes.some((at) => at < newest); // when all changed at once, it says nothing
  const work = reached.map((one, i) => workSpot(one, route, isTelling && changes[i] === newest));
  const router = places.map(({ file, line }) => ({
    file,
    line,
    symbol: null,
    score: ROUTER,
    why: `routes ${route}`,
  }));
  return [...work, ...router];
}

/** Epoch ms; 0 where nothing is committed. */
async function lastChange({ file, from, to }: Reached, repository: Repository): Promise<number> {
  return (await repository.lineLog(file, [from, to], 1))[0]?.date ?? 0;
}

function workSpot(reached: Reached, route: string, isNewest: boolean): Spot {
  const slow = slowLine(reached.body);
  const reasons = [
    reached.steps === 0 ? `handles ${route}` : `called for ${route}`,
    ...(slow === null ? [] : [slow.why]),
    ...(isNewest ? ['changed last'] : []),
  ];
  return {
    file: reached.file,
    line: slow === null ? reached.from : reached.from + slow.line - 1,
    symbol: reached.symbol,
    score: HANDLER - STEP * reached.steps + (slow === null ? 0 : SLOW) + (isNewest ? NEWEST : 0),
    why: reasons.join(', '),
  };
}

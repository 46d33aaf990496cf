import type { Repository } from '../../ports/repository.ts';
import type { Code } from './code.ts';
import { follow, type Reached } from './follow.ts';
import { routePlaces } from './route-places.ts';
import { slowLine } from './slow-shapes.ts';
import type { Spot } from './spot.ts';
import { ROUTE } from './weights.ts';

/**
 * The work behind an HTTP route: from the literal in the router to the handler it names, and on to what that calls. What
 * changed last and what has the shape of slow code counts more, so the function that does the work comes before the
 * router.
 */
export async function fromRoute(route: string, code: Code): Promise<readonly Spot[]> {
  const places = await routePlaces(route, code);
  const reached = await follow(places, code);
  const changes = await Promise.all(reached.map((one) => lastChange(one, code.repository)));
  const newest = Math.max(...changes);
  const isTelling = changes.some((at) => at < newest); // when all changed at once, it says nothing
  const work = reached.map((one, i) => workSpot(one, route, isTelling && changes[i] === newest));
  const router = places.map(({ file, line }) => ({
    file,
    line,
    symbol: null,
    score: ROUTE.router,
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
    score:
      ROUTE.handler -
      ROUTE.step * reached.steps +
      (slow === null ? 0 : ROUTE.slow) +
      (isNewest ? ROUTE.newest : 0),
    why: reasons.join(', '),
  };
}

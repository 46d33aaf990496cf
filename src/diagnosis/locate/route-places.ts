import type { Scope } from '../../ports/syntax.ts';
import type { Code } from './code.ts';
import { routeFit } from './route-match.ts';
import { isAside } from './source-text.ts';

/** A place that names a route. */
export interface RoutePlace {
  readonly file: string;
  readonly line: number;
  /** The function that its decorator stands on; null where the lines below say what handles it. */
  readonly handler: Scope | null;
  /** The line itself and the block or argument list that it opens. */
  readonly block: readonly string[];
}

const MOST_PLACES = 6;
/** A handler that is written into the router is seldom longer. */
const MOST_LINES = 60;

/** Where a route stands in the source, the best fitting ones: in a router, a decorator, a table, a switch. */
export async function routePlaces(
  route: string,
  { index, repository }: Code,
): Promise<readonly RoutePlace[]> {
  const fitting = [...index.outlines].flatMap(([file, { routes, scopes }]) =>
    isAside(file) ? [] : routes.map((one) => ({ file, scopes, ...one, fit: routeFit(one.path, route) })),
  );
  const best = fitting.reduce((most, { fit }) => Math.max(most, fit), 0);
  if (best === 0) return [];
  return Promise.all(
    fitting
      .filter(({ fit }) => fit === best)
      .slice(0, MOST_PLACES)
      .map(async ({ file, line, handler, scopes }) => ({
        file,
        line,
        handler: scopes.find(({ name, to }) => name === handler && to >= line) ?? null,
        block: blockAt((await repository.read(file))?.split('\n') ?? [], line),
      })),
  );
}

/** The line and the deeper ones after it. */
function blockAt(lines: readonly string[], line: number): readonly string[] {
  const own = depthOf(lines[line - 1] ?? '');
  const rest = lines.slice(line, line + MOST_LINES);
  const end = rest.findIndex((text) => text.trim() !== '' && depthOf(text) <= own);
  return lines.slice(line - 1, line + (end === -1 ? rest.length : end));
}

function depthOf(text: string): number {
  return text.length - text.trimStart().length;
}

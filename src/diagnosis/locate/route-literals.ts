import type { Repository } from '../../ports/repository.ts';
import { isAside } from './source-text.ts';

/** A place that names a route, with the lines that belong to it. */
export interface RoutePlace {
  readonly file: string;
  readonly line: number;
  /** The line itself and the block, argument list or decorated definition that it opens. */
  readonly block: readonly string[];
}

const MOST_PLACES = 6;
/** A handler that is written into the router is seldom longer. */
const MOST_LINES = 60;

/**
 * Where a route stands as a literal: `'/reports'`, `"GET /reports"`, `/reports/:id`, `/reports/<int:id>`, or a regular
 * expression that begins with it. A route with a value in it is also looked for by its constant beginning.
 */
export async function routePlaces(route: string, repository: Repository): Promise<readonly RoutePlace[]> {
  const constant = route.split(/\/(?=[:<*{[]|\d|[0-9a-f]{8}-)/)[0] ?? route;
  const parent = constant.replace(/\/[^/]*$/, '');
  for (const literal of new Set([route, constant, parent])) {
    if (literal.length < 2) continue;
    const stands = standsFor(literal, literal === route);
    const found = (await repository.grep(literal, 80)).filter(
      ({ file, text }) => stands.test(text) && !isAside(file),
    );
    if (found.length > 0) {
      return Promise.all(
        found.slice(0, MOST_PLACES).map(async ({ file, line }) => {
          const lines = (await repository.read(file))?.split('\n') ?? [];
          return { file, line, block: blockAt(lines, line) };
        }),
      );
    }
  }
  return [];
}

/** The literal between quotes, slashes of a regular expression, or before a parameter. */
function standsFor(literal: string, whole: boolean): RegExp {
  const escaped = literal.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('/', '\\\\?/');
  const end = whole ? '["\'`?$]|/?["\'`]|\\\\?/[:<{*(\\[]' : '/?["\'`]|\\\\?/[:<{*(\\[\\\\$]';
  return new RegExp(`["'\`^](?:[A-Z]+ )?[\\w/]*${escaped}(?:${end})`);
}

/** The line and the deeper ones after it; a decorator goes on with what it decorates. */
function blockAt(lines: readonly string[], line: number): readonly string[] {
  const first = definedAfter(lines, line);
  const own = depthOf(lines[line - 1] ?? '');
  const rest = lines.slice(first, line + MOST_LINES);
  const end = rest.findIndex((text) => text.trim() !== '' && depthOf(text) <= own);
  return lines.slice(line - 1, first + (end === -1 ? rest.length : end));
}

/** 1-based line of the definition below a decorator; the line itself where there is none. */
function definedAfter(lines: readonly string[], line: number): number {
  if (!/^\s*@/.test(lines[line - 1] ?? '')) return line;
  const after = lines.slice(line).findIndex((text) => !/^\s*(?:@|#|\)|$)/.test(text));
  return after === -1 ? line : line + after + 1;
}

function depthOf(text: string): number {
  return text.length - text.trimStart().length;
}

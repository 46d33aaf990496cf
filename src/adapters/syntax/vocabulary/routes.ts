import { lastName } from '../callee.ts';
import { HOLE, type Literal } from '../literals.ts';

/** Express, Fastify, Koa, Hono, Sinatra, FastAPI, Gin, Echo, chi: the method is the verb. */
const VERB = /^(get|post|put|patch|delete|del|head|options|all|any|use|websocket)$/i;
/** Flask, Fastify, net/http, gorilla, Rails, aiohttp. */
const ROUTER =
  /^(?:route|routes|handle|handlefunc|match|mount|group|register|add_url_rule|add_api_route|add_route|add_(?:get|post|put|patch|delete)|api_route|root)$/i;
/** Django's have no slash in front. */
const DJANGO = /^(?:path|re_path|url)$/;
/** Spring and JAX-RS: `@GetMapping`, `@RequestMapping`, `@Path`. */
const ANNOTATION = /^@(?:(Get|Post|Put|Patch|Delete)Mapping|RequestMapping|Path)$/;
/** NestJS: decorators with a capital, their paths without a slash. */
const NEST = /^(Get|Post|Put|Patch|Delete|All|Head|Options)$/;

const PATH = /^\/(?:[\w:{<*(.~$\\@-][^\s]*)?$/;
const WITH_METHOD = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (\/\S*)$/;

export interface Routed {
  readonly method: string | null;
  readonly path: string;
}

/** Where a call stands, which decides what its first text means. */
export interface Standing {
  /** It decorates or annotates what comes next. */
  readonly decorates: boolean;
  /** It decorates a class. */
  readonly onClass: boolean;
}

export type RouteCall =
  | { readonly kind: 'routes'; readonly routes: readonly Routed[] }
  /** Stands before the paths of all routes of the class. */
  | { readonly kind: 'prefix'; readonly path: string };

/** What a call routes; null when it routes nothing. */
export function routeCall(
  callee: string,
  literals: readonly Literal[],
  standing: Standing,
): RouteCall | null {
  const given = pathLiteral(literals);
  const decorated = standing.decorates ? decoratorRoute(callee, given, standing) : null;
  if (decorated !== null) return decorated;
  const routed = given === null ? null : routerCall(lastName(callee), given, literals);
  return routed === null ? null : { kind: 'routes', routes: [routed] };
}

/** Annotations and decorators whose paths need no slash, or are left out. */
function decoratorRoute(callee: string, given: string | null, { onClass }: Standing): RouteCall | null {
  const path = given === null ? '' : slashed(given);
  const annotation = ANNOTATION.exec(callee);
  if (callee === 'Controller' || (annotation !== null && onClass)) return { kind: 'prefix', path };
  const verb = annotation?.[1] ?? NEST.exec(callee)?.[1] ?? null;
  if (annotation === null && verb === null) return null;
  return { kind: 'routes', routes: [{ method: methodOf(verb), path }] };
}

/** The path that is handed to a router: written as one, or by how the router is asked. */
function routerCall(name: string, given: string, literals: readonly Literal[]): Routed | null {
  if (![VERB, ROUTER, DJANGO].some((form) => form.test(name))) return null;
  const verb = methodOf(name);
  const written = writtenRoute(given);
  if (written !== null) {
    const said = literals.find(({ key }) => key === 'method' || key === 'methods')?.text ?? null;
    return { method: written.method ?? verb ?? methodOf(said), path: written.path };
  }
  const isRails = literals.some(({ key, text }) => key === 'to' && text.includes('#'));
  return DJANGO.test(name) || isRails ? { method: verb, path: slashed(given) } : null;
}

/** Null for `all`, `any`, `use`, `route` and the like. */
function methodOf(verb: string | null): string | null {
  const method = verb?.toUpperCase().replace(/^DEL$/, 'DELETE') ?? '';
  return /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/.test(method) ? method : null;
}

/** `/orders/:id` or `GET /orders` as any text of the source: a table of routes, a case of a switch. */
export function writtenRoute(text: string): Routed | null {
  const [, method, rest] = WITH_METHOD.exec(text) ?? [];
  const path = unanchored(rest ?? text).replaceAll(HOLE, '*');
  return PATH.test(path) ? { method: method ?? null, path } : null;
}

/** The text that is the path: by its key, or the first without one. */
function pathLiteral(literals: readonly Literal[]): string | null {
  const keyed = literals.find(({ key }) => /^(?:url|path|value|rule|prefix)$/.test(key ?? ''));
  return (keyed ?? literals.find(({ key }) => key === null))?.text.replaceAll(HOLE, '*') ?? null;
}

/** With one slash in front. */
function slashed(path: string): string {
  return `/${unanchored(path).replace(/^\//, '')}`;
}

/** Without the anchors of a regular expression. */
function unanchored(path: string): string {
  return path.replace(/^\^/, '').replace(/\$$/, '');
}

import type { Match, Repository } from '../../ports/repository.ts';
import { type Definition, definedOn, endOf, isAside } from './source-text.ts';
import type { Spot } from './spot.ts';

/** How many definitions are followed from the route on: a small service has fewer, a large one is not crawled. */
const MOST_FOLLOWED = 12;

/** Shapes of code that take long: nested loops, searches inside loops, blocking calls, waits in a row. */
const SLOW = [
  /\b(?:readFileSync|writeFileSync|execSync|spawnSync|pbkdf2Sync|scryptSync|Atomics\.wait|time\.sleep|sleep)\b/,
  /\bfor\b[\s\S]{0,400}?\bfor\b/,
  /\.(?:map|forEach|filter|reduce|flatMap)\([\s\S]{0,300}?\.(?:find|filter|indexOf|includes|some|map|reduce)\(/,
  /\bfor\b[\s\S]{0,300}?(?:\.(?:find|filter|indexOf|includes|some)\(|\bawait\b|\bin list\b)/,
  /\bwhile\b[\s\S]{0,300}?\bfor\b/,
];

interface Found extends Definition {
  readonly file: string;
  /** Calls away from the route. */
  readonly steps: number;
  readonly body: string;
}

/**
 * The work behind an HTTP route: from the literal in the router to the handler it names, and on to what that calls. What
 * changed last and what has the shape of slow code counts more, so the function that does the work comes before the
 * router. `lastChange` answers when a range was last changed, epoch ms.
 */
export async function fromRoute(
  route: string,
  repository: Repository,
  lastChange: (found: Definition & { readonly file: string }) => Promise<number | null>,
): Promise<readonly Spot[]> {
  const matches = await routeMatches(route, repository);
  const found = await follow(matches, repository);
  const changes = await Promise.all(found.map(lastChange));
  const newest = Math.max(...changes.map((at) => at ?? 0), 0);
  const work = found.map((definition, i) => workSpot(definition, route, newest > 0 && changes[i] === newest));
  const router = matches.map(({ file, line }) => {
    const why = `routes ${route}`;
    return { file, line, symbol: null, score: 0.3 * aside(file), why };
  });
  return [...work, ...router];
}

function workSpot(found: Found, route: string, isNewest: boolean): Spot {
  const slow = SLOW.some((shape) => shape.test(found.body));
  const reasons = [
    found.steps === 0 ? `handles ${route}` : `called for ${route}`,
    ...(slow ? ['loops or blocks'] : []),
    ...(isNewest ? ['changed last'] : []),
  ];
  const score = (0.5 - 0.06 * found.steps + (slow ? 0.3 : 0) + (isNewest ? 0.3 : 0)) * aside(found.file);
  return { file: found.file, line: found.from, symbol: found.symbol, score, why: reasons.join(', ') };
}

/** The route as a literal; `/orders/:id` is also looked for by its first constant part. */
async function routeMatches(route: string, repository: Repository): Promise<readonly Match[]> {
  const first = route.split(/\/(?=[:<*{]|\d)/)[0] ?? route;
  for (const literal of new Set([route, first, `${first}/`])) {
    if (literal.length < 2) continue;
    const quoted = new RegExp(`["'\`^/(]\\\\?${escape(literal)}(?:["'\`/:?$]|\\\\)`);
    const matches = (await repository.grep(literal, 80)).filter(
      (match) => quoted.test(match.text) && !isAside(match.file),
    );
    if (matches.length > 0) return matches.slice(0, 6);
  }
  return [];
}

/** Definitions reached from the lines of the route, breadth first. */
async function follow(matches: readonly Match[], repository: Repository): Promise<readonly Found[]> {
  const found: Found[] = [];
  const seen = new Set<string>();
  let names = await namesNear(matches, repository);
  for (let steps = 0; steps < 3 && found.length < MOST_FOLLOWED; steps += 1) {
    const next: Found[] = [];
    for (const name of names) {
      if (seen.has(name) || found.length + next.length >= MOST_FOLLOWED) continue;
      seen.add(name);
      next.push(...(await definitionsOf(name, steps, repository)));
    }
    found.push(...next);
    names = [...new Set(next.flatMap(({ body }) => calledIn(body)))];
  }
  return found;
}

/** Names on the route's line and the few after it (a block that handles it, or an entry of a table). */
async function namesNear(matches: readonly Match[], repository: Repository): Promise<readonly string[]> {
  const names: string[] = [];
  for (const { file, line } of matches) {
    const lines = (await repository.read(file))?.split('\n') ?? [];
    const near = lines.slice(line - 1, line + 3).join('\n');
    names.push(...[...near.matchAll(/[A-Za-z_$][\w$]{2,}/g)].map(([name]) => name));
  }
  return [...new Set(names)].filter((name) => !KEYWORDS.has(name));
}

async function definitionsOf(name: string, steps: number, repository: Repository): Promise<readonly Found[]> {
  const matches = (await repository.grep(name, 60)).filter(
    ({ file, text }) => definedOn(text) === name && !isAside(file),
  );
  if (matches.length === 0 || matches.length > 3) return []; // a name that is defined everywhere tells nothing
  return Promise.all(
    matches.map(async ({ file, line }) => {
      const lines = (await repository.read(file))?.split('\n') ?? [];
      const to = Math.max(line, endOf(lines, line));
      return { file, symbol: name, from: line, to, steps, body: lines.slice(line - 1, to).join('\n') };
    }),
  );
}

function calledIn(body: string): readonly string[] {
  return [...body.matchAll(/([A-Za-z_$][\w$]{2,})\s*\(/g)]
    .map(([, name = '']) => name)
    .filter((name) => !KEYWORDS.has(name));
}

const KEYWORDS = new Set(
  'return const let var function async await export default import from new this null true false undefined typeof for while switch case break if else try catch finally throw class extends def self None True False path url method GET POST PUT DELETE get post put delete app router request response req res ctx context send json end status writeHead String Number Boolean JSON Math Date Object Array Map Set Promise console log logger map filter reduce forEach find push slice join split sort includes'.split(
    ' ',
  ),
);

function aside(file: string): number {
  return isAside(file) ? 0.15 : 1;
}

function escape(literal: string): string {
  return literal.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

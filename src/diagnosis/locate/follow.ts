import type { Match, Repository } from '../../ports/repository.ts';
import type { RoutePlace } from './route-literals.ts';
import { definedOn, endOf, isAside } from './source-text.ts';

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
/** A name that is defined in more places says nothing. */
const MOST_NAMESAKES = 3;

/** Definitions reached from the places of a route, breadth first; a handler written into the router is one of them. */
export async function follow(
  places: readonly RoutePlace[],
  repository: Repository,
): Promise<readonly Reached[]> {
  const reached: Reached[] = places.flatMap(inlineHandler);
  const seen = new Set<string>();
  let names = places.flatMap(({ file, block }) => namesIn(block.join('\n'), file));
  for (let steps = 0; steps < MOST_STEPS && reached.length < MOST_REACHED; steps += 1) {
    const next: Reached[] = [];
    for (const { name, file } of names) {
      if (seen.has(name) || reached.length + next.length >= MOST_REACHED) continue;
      seen.add(name);
      next.push(...(await definitionsOf(name, file, steps, repository)));
    }
    reached.push(...next);
    names = next.flatMap(({ body, file }) =>
      namesIn(body.slice(1).join('\n'), file, /([A-Za-z_$][\w$]{2,})\s*\(/g),
    );
  }
  return reached;
}

interface Named {
  readonly name: string;
  /** The file that names it. */
  readonly file: string;
}

function inlineHandler({ file, line, block }: RoutePlace): readonly Reached[] {
  const written = block.filter((text) => text.trim() !== '');
  if (written.length < 4) return [];
  return [{ file, symbol: null, from: line, to: line + block.length - 1, steps: 0, body: block }];
}

function namesIn(text: string, file: string, form = /([A-Za-z_$][\w$]{2,})/g): readonly Named[] {
  const names = [...withoutTexts(text).matchAll(form)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => !WORDS.has(name)).map((name) => ({ name, file }));
}

function withoutTexts(text: string): string {
  return text.replaceAll(/'[^'\n]*'|"[^"\n]*"|\/\/.*$/gm, "''");
}

async function definitionsOf(
  name: string,
  from: string,
  steps: number,
  repository: Repository,
): Promise<readonly Reached[]> {
  const matches = (await repository.grep(name, 400)).filter(
    ({ file, text }) => definedOn(text) === name && !isAside(file),
  );
  const meant = matches.length > 1 ? await imported(matches, from, repository) : matches;
  if (meant.length > MOST_NAMESAKES) return [];
  return Promise.all(
    meant.map(async ({ file, line }) => {
      const lines = (await repository.read(file))?.split('\n') ?? [];
      const to = Math.max(line, endOf(lines, line));
      return { file, symbol: name, from: line, to, steps, body: lines.slice(line - 1, to) };
    }),
  );
}

/** Of several definitions of a name: those in the same file, else in a file that it imports, else all. */
async function imported(
  matches: readonly Match[],
  from: string,
  repository: Repository,
): Promise<readonly Match[]> {
  const own = matches.filter(({ file }) => file === from);
  if (own.length > 0) return own;
  const lines = (await repository.read(from))?.split('\n') ?? [];
  const imports = lines.filter((line) => /\b(?:import|require|from|use|include)\b/.test(line)).join('\n');
  const reached = matches.filter(({ file }) => {
    const stem = file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
    return new RegExp(`[/.\\s"'\`]${stem.replaceAll(/[^\w-]/g, '.')}\\b`).test(imports);
  });
  return reached.length > 0 ? reached : matches;
}

/** Words of the languages, of routers and of every request: following them leads everywhere. */
const WORDS = new Set(
  `return const let var function async await export default import from new this null true false undefined typeof
  for while switch case break continue else try catch finally throw class extends def self None True False lambda func
  path url method pathname searchParams query params body headers status json send end writeHead
  GET POST PUT PATCH DELETE get post put patch delete all use route app router request response req res ctx context next
  String Number Boolean JSON Math Date Object Array Map Set Promise Error console log logger
  map filter reduce forEach find some every push slice join split sort includes keys values entries has add set
  parse stringify floor round toString toFixed length then`.split(/\s+/),
);

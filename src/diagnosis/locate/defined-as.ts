import type { Scope } from '../../ports/syntax.ts';
import { bareName, type Code, type Definition, isImported } from './code.ts';

/** A name that is defined in more places says nothing. */
const MOST_NAMESAKES = 3;

/** Definitions that a name in a file (`total`, `cart.total`) may mean; none where they are too many to tell. */
export function definedAs(name: string, from: string, code: Code): readonly Definition[] {
  const bare = bareName(name);
  const all = WORDS.has(bare) ? [] : (code.definitions.get(bare) ?? []);
  const meant = all.length > 1 ? nearest(all, name, from, code) : all;
  return meant.length > MOST_NAMESAKES ? [] : meant;
}

/** Of several definitions of a name: those of what it is called on, in the same file, in what that imports, else all. */
function nearest(all: readonly Definition[], name: string, from: string, code: Code): readonly Definition[] {
  const on = bareName(name.slice(0, Math.max(0, name.lastIndexOf('.')))).toLowerCase();
  const ways: readonly ((one: Definition) => boolean)[] = [
    ({ file, scope }) => on !== '' && (ownerOf(scope) === on || code.modules.get(file)?.stem === on),
    ({ file }) => file === from,
    ({ file }) => isImported(code, from, file),
  ];
  for (const way of ways) {
    const found = all.filter(way);
    if (found.length > 0) return found;
  }
  return all;
}

export function ownerOf({ name }: Scope): string {
  return bareName(name.slice(0, Math.max(0, name.lastIndexOf('.')))).toLowerCase();
}

/** Names of routers, requests and of every collection: following them leads everywhere. */
const WORDS = new Set(
  `get post put patch delete all use route app router request response req res context next send end json status
  map filter reduce forEach find some every push slice join split sort includes keys values entries has add set
  parse stringify floor round toString toFixed length then catch log error warn info debug`.split(/\s+/),
);

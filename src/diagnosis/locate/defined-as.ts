import type { Scope } from '../../ports/syntax.ts';
import { bareName, type Code, type Definition } from './code.ts';

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
  const imports = code.index.outlines.get(from)?.imports ?? [];
  const ways: readonly ((one: Definition) => boolean)[] = [
    ({ file, scope }) => on !== '' && (ownerOf(scope) === on || stemOf(file).toLowerCase() === on),
    ({ file }) => file === from,
    ({ file }) => imports.some((one) => importsFile(one, file)),
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

/** `./db.js`, `shop.db` and `lib/db` import `db.js`; a package of Go is imported by its folder. */
export function importsFile(imported: string, file: string): boolean {
  const last = imported
    .replace(/\.(?:[cm]?[jt]sx?|rb)$/, '')
    .split(/[/.:\\]/)
    .at(-1);
  const folder = file.split('/').at(-2);
  return last === stemOf(file) || (file.endsWith('.go') && last === folder);
}

export function stemOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
}

/** Names of routers, requests and of every collection: following them leads everywhere. */
const WORDS = new Set(
  `get post put patch delete all use route app router request response req res context next send end json status
  map filter reduce forEach find some every push slice join split sort includes keys values entries has add set
  parse stringify floor round toString toFixed length then catch log error warn info debug`.split(/\s+/),
);

import { bareName, type Code, type Definition, isCallable, isImported } from './code.ts';
import { ownerOf } from './defined-as.ts';
import { isAside } from './source-text.ts';
import { REACH } from './weights.ts';

/** A name that is defined in more places says nothing. */
const MOST_NAMESAKES = 40;
const SELF = new Set(['', 'this', 'self', 'super', 'cls']);

/** A definition that a call may mean, and how surely: [0,1]. */
export interface Meant extends Definition {
  readonly share: number;
}

/**
 * Definitions that a name in a file may mean. Those of what it is called on, of the file itself and of what that imports
 * are likelier; which of several it is, only running it would tell, so they share what is left.
 */
export function meantBy(name: string, from: string, code: Code): readonly Meant[] {
  const all = [...(code.definitions.get(bareName(name)) ?? []), ...ownOfTest(name, from, code)];
  if (all.length > MOST_NAMESAKES) return [];
  const on = bareName(name.slice(0, Math.max(0, name.lastIndexOf('.')))).toLowerCase();
  const wayOf = ({ file, scope }: Definition): keyof typeof REACH.ways => {
    if (!SELF.has(on) && (ownerOf(scope) === on || code.modules.get(file)?.stem === on)) return 'on';
    if (file === from) return 'file';
    if (isImported(code, from, file)) return 'imported';
    if (folderOf(file) === folderOf(from)) return 'folder';
    return all.length === 1 && isAside(from) ? 'only' : 'anywhere';
  };
  return [...Map.groupBy(all, wayOf)].flatMap(([way, some]) =>
    some.map((one) => ({ ...one, share: REACH.ways[way] / Math.sqrt(some.length) })),
  );
}

/** What a test calls may be a function of its own file. */
function ownOfTest(name: string, file: string, { index }: Code): readonly Definition[] {
  if (!isAside(file)) return [];
  const scopes = index.outlines.get(file)?.scopes ?? [];
  return scopes
    .filter((scope) => isCallable(scope) && bareName(scope.name) === bareName(name))
    .map((scope) => ({ file, scope }));
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

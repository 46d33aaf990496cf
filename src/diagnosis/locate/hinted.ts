import { wordsOf } from '../../domain/words.ts';
import { bareName, type Code, isImported } from './code.ts';
import type { Reached } from './reach.ts';
import type { Recent } from './recent.ts';
import { HINT } from './weights.ts';

/**
 * How a function may be reached that no call leads to by its name: it is named as a value where something is reached (a
 * getter, a callback, an entry of a table), or it stands in a file that is reached, whose methods may be called through
 * another type. Null where neither is so.
 */
export function hintedAt(change: Recent, reached: readonly Reached[], code: Code): Reached | null {
  const { file, scope } = change;
  if (scope.kind === 'file') return null;
  const bare = bareName(scope.name);
  const name = wordsOf(bare);
  const isWhole = name.length > 0 && name.join('') === bare.replaceAll(/[^\p{L}]/gu, '').toLowerCase();
  const text = ` ${name.join(' ')} `;
  const found = reached.flatMap((one): readonly Reached[] => {
    const near = isNear(one.file, file, code);
    const isNamed = (near || name.length > 1) && isWhole && ` ${one.scope.words} `.includes(text);
    const share = isNamed ? HINT[near ? 'namedNear' : 'named'] : one.file === file ? HINT.beside : 0;
    if (share === 0) return [];
    const caller = one.scope.name === '' || !isNamed ? null : one.scope.name;
    return [{ file, scope, score: one.score * share, steps: one.steps + 1, caller, flow: null }];
  });
  return found.toSorted((a, b) => b.score - a.score)[0] ?? null;
}

function isNear(from: string, file: string, code: Code): boolean {
  return from === file || isImported(code, from, file);
}

import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import { namesIn } from '../path.ts';
import { meaningOf, type Place, statementOf } from '../place.ts';
import { nodesIn } from '../tree.ts';

/**
 * What is left of a list that is given back, without the items that need what is missing; as written. Null where the
 * routine gives no such list back, or nothing or all of it is left.
 */
export function partialResult(holder: SyntaxNode, place: Place): string | null {
  const statement = statementOf(holder, place);
  const results = [...nodesIn(place.routine.body)].flatMap((node) => meaningOf(node, 'return', place));
  const last = results.at(-1)?.meaning.value ?? null;
  const [list] = last === null ? [] : meaningOf(last, 'list', place);
  if (statement === null || list === undefined) return null;
  const known = laterNames(statement, place);
  const kept = list.meaning.items.filter((item) => !needs(item, holder.text, known));
  const isSome = kept.length > 0 && kept.length < list.meaning.items.length;
  return isSome ? `[${kept.map(({ text }) => text).join(', ')}]` : null;
}

/** Names that are given a value by the statement, or after it. */
function laterNames(statement: SyntaxNode, place: Place): ReadonlySet<string> {
  const sets = [...nodesIn(place.routine.body)]
    .filter((node) => node.from >= statement.from)
    .flatMap((node) => meaningOf(node, 'assign', place));
  return new Set(sets.flatMap(({ meaning }) => namesIn(meaning.target)));
}

function needs(item: SyntaxNode, holder: string, later: ReadonlySet<string>): boolean {
  return item.text.includes(holder) || [...nodesIn(item)].some(({ text }) => later.has(text));
}

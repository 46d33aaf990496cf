import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Candidate } from '../candidate.ts';
import { pathOf } from '../path.ts';
import { guardBefore, insteads, onLine, type Place } from '../place.ts';
import { NOTHING } from '../value.ts';

const OF_ITSELF =
  /^(reduce|pop|next|getFirst|getLast|remove|element|first|last|iterator|orElseThrow|get|stream)$/;
const OF_ARGUMENT = /^(max|min|mean|median|mode|stdev)$/;

/** The largest, the mean or the next of no items: it is said what that is. */
export function emptyList(place: Place): readonly Candidate[] {
  if (place.crash.kind !== 'empty_list') return [];
  const lists = onLine(place, 'call').flatMap(({ meaning: { of, name, args } }) => {
    const [first] = args;
    if (OF_ARGUMENT.test(name) && first !== undefined) return [first];
    return of !== null && OF_ITSELF.test(name) ? [of] : [];
  });
  const known = insteads(place);
  const values = known.length > 0 ? known : [{ value: NOTHING, text: place.dialect.writing.value(NOTHING) }];
  return lists.flatMap((list) => ofEmpty(list, values, place));
}

function ofEmpty(list: SyntaxNode, values: ReturnType<typeof insteads>, place: Place): readonly Candidate[] {
  const { writing } = place.dialect;
  const items = listBelow(list, place);
  const path = pathOf(items, place.scope);
  if (path === null) return [];
  return values.flatMap(({ value, text }) => {
    const edits = guardBefore(list, writing.isEmpty(items.text), writing.exit(text), place);
    const does = `gives ${text} back when ${items.text} has nothing`;
    return edits.length === 0
      ? []
      : [{ does, edits, causes: [{ path, value: 'empty' as const }], gives: value }];
  });
}

/** The list that a chain begins with, or that a comprehension loops over. */
function listBelow(node: SyntaxNode, place: Place): SyntaxNode {
  const meaning = place.dialect.reading.meaning(node);
  if (meaning.is === 'same') return listBelow(meaning.of, place);
  if (meaning.is === 'call' && meaning.of !== null) return listBelow(meaning.of, place);
  for (const child of node.children) {
    const each = place.dialect.reading.meaning(child);
    if (each.is === 'each') return listBelow(each.list, place);
  }
  return node;
}

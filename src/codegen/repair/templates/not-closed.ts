import type { Candidate } from '../candidate.ts';
import { indentOf, meaningOf, type Place, statementOf } from '../place.ts';
import { nodesIn } from '../tree.ts';

/** A file of Python that is opened and left to the garbage collector: what follows is put into a `with`. */
export function notClosed(place: Place): readonly Candidate[] {
  const { routine, dialect, text } = place;
  if (place.crash.kind !== 'not_closed' || dialect.language !== 'python') return [];
  return [...nodesIn(routine.body)].flatMap((node) => {
    const [set] = meaningOf(node, 'assign', place);
    const opened = set === undefined ? null : dialect.reading.meaning(set.meaning.value);
    const statement = set === undefined ? null : statementOf(node, place);
    if (set === undefined || statement === null || opened?.is !== 'call' || opened.name !== 'open') return [];
    const after = statement.parent?.children.filter((one) => one.from > statement.to) ?? [];
    const end = after.at(-1)?.to ?? statement.to;
    const indent = indentOf(statement, text);
    const rest = text.slice(statement.to, end).replaceAll(`\n${indent}`, `\n${indent}    `);
    if (after.length === 0) return [];
    const head = `with ${set.meaning.value.text} as ${set.meaning.target.text}:`;
    const does = `closes ${set.meaning.target.text} in every case`;
    return [
      { does, edits: [{ from: statement.from, to: end, text: `${head}${rest}` }], causes: [], gives: null },
    ];
  });
}

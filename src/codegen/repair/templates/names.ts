import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Candidate, Cause } from '../candidate.ts';
import { itemName } from '../path.ts';
import { around, onLine, type Place, replace } from '../place.ts';
import { nodesIn } from '../tree.ts';
import { causeOf } from './missing-value.ts';

/** A name that nobody knows: the nearest that is known. */
export function unknownName(place: Place): readonly Candidate[] {
  const { crash } = place;
  if (crash.kind !== 'unknown_name') return [];
  const wrong = [...nodesIn(place.routine.node)].filter(
    (node) => node.line === place.line && node.children.length === 0 && node.text === crash.name,
  );
  return nearest(crash.name, knownNames(place)).flatMap((name) =>
    wrong.slice(0, 1).map((node) => ({
      does: `calls ${name} by its name`,
      edits: [replace(node, name)],
      causes: [],
      gives: null,
    })),
  );
}

const WELL_KNOWN =
  'toUpperCase toLowerCase trim push pop shift unshift slice splice concat includes indexOf forEach filter reduce map find join sort reverse keys values entries split replace startsWith endsWith append extend insert remove index upper lower strip title items update length size upcase downcase capitalize each select reject include? empty? first last flatten compact'.split(
    ' ',
  );

function knownNames(place: Place): ReadonlySet<string> {
  const top = rootOf(place.routine.node);
  const names = [...nodesIn(top)].filter(
    ({ children, type }) => children.length === 0 && type.includes('identifier'),
  );
  return new Set([...names.map(({ text }) => text), ...WELL_KNOWN]);
}

function rootOf(node: SyntaxNode): SyntaxNode {
  return node.parent === null ? node : rootOf(node.parent);
}

/** At most three, at most a third of the letters away. */
function nearest(name: string, known: ReadonlySet<string>): readonly string[] {
  return [...known]
    .filter((one) => one !== name)
    .map((one) => ({ one, far: distance(one, name) }))
    .filter(({ far }) => far <= Math.max(1, Math.floor(name.length / 3)))
    .toSorted((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ one }) => one);
}

/** Letters to insert, drop, change or swap with their neighbour. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const [up, corner] = [rows[i - 1]?.[j] ?? 0, rows[i - 1]?.[j - 1] ?? 0];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(up + 1, (row[j - 1] ?? 0) + 1, corner + same, swap));
    }
    rows.push(row);
  }
  return rows.at(-1)?.at(-1) ?? 0;
}

/** In a loop: the list was written where its item is meant. */
export function wrongVariable(place: Place): readonly Candidate[] {
  if (place.crash.kind !== 'missing_value') return [];
  return onLine(place, 'field').flatMap(({ meaning }) => {
    const [loop] = around(meaning.of, 'each', place);
    if (loop === undefined) return [];
    const { of } = meaning;
    const inner = place.dialect.reading.meaning(of);
    const root = inner.is === 'field' ? inner.of : of;
    if (root.text !== loop.meaning.list.text) return [];
    const causes: readonly Cause[] = causeOf(loop.meaning.list, place).map(({ path }) => ({
      path,
      value: 'single',
    }));
    const item = itemName(loop.meaning.item);
    return [
      { does: `asks ${item} instead of ${root.text}`, edits: [replace(root, item)], causes, gives: null },
    ];
  });
}

import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Candidate, Cause } from '../candidate.ts';
import type { Of } from '../dialect.ts';
import { untouched } from '../instead.ts';
import { pathOf } from '../path.ts';
import { around, type Found, guardBefore, insteads, onLine, type Place, replace } from '../place.ts';
import { named, nodesIn } from '../tree.ts';

/** What is looked at by an index: the list and the index. */
interface Look {
  readonly list: SyntaxNode;
  readonly index: SyntaxNode;
}

/** An index beyond the end: the loop's condition, the index itself, or a list that is too short. */
export function bounds(place: Place): readonly Candidate[] {
  const { kind } = place.crash;
  if (kind !== 'out_of_range' && kind !== 'missing_value') return [];
  const looks = looksOn(place);
  const loops = looks.flatMap((look) => [
    ...conditions(look, place),
    ...ranges(look, place),
    ...lastOfAll(look, place),
  ]);
  const ends = looks.flatMap((look) => pastTheEnd(look, place));
  return kind === 'out_of_range'
    ? [...loops, ...ends, ...looks.flatMap((look) => tooShort(look, place))]
    : [...loops, ...ends];
}

function looksOn(place: Place): readonly Look[] {
  const items = onLine(place, 'item').map(({ meaning }) => ({ list: meaning.of, index: meaning.key }));
  const calls = onLine(place, 'call').flatMap(({ meaning: { of, name, args } }) => {
    const [index] = args;
    return of === null || index === undefined || !/^(get|charAt|remove|at|fetch)$/.test(name)
      ? []
      : [{ list: of, index }];
  });
  return [...items, ...calls];
}

function causesOf(list: SyntaxNode, value: Cause['value'], place: Place): readonly Cause[] {
  const path = pathOf(list, place.scope);
  return path === null ? [] : [{ path, value }];
}

/** `i <= n` that should be `i < n`, or a loop that looks one further than its condition allows. */
function conditions(look: Look, place: Place): readonly Candidate[] {
  return around(look.index, 'loop', place).flatMap((loop) => {
    const compared = comparisonsIn(loop.meaning.condition, place).filter(({ meaning }) =>
      look.index.text.includes(meaning.left.text),
    );
    return compared.flatMap((one) => tightened(one, look, { loop: loop.node, place }));
  });
}

function comparisonsIn(node: SyntaxNode, place: Place): readonly Found<Of<'operation'>>[] {
  return [...nodesIn(node)].flatMap((one) => {
    const meaning = place.dialect.reading.meaning(one);
    return meaning.is === 'operation' && /^[<>]=?$/.test(meaning.operator) ? [{ node: one, meaning }] : [];
  });
}

interface Around {
  readonly loop: SyntaxNode;
  readonly place: Place;
}

function tightened(
  { meaning }: Found<Of<'operation'>>,
  look: Look,
  { loop, place }: Around,
): readonly Candidate[] {
  const { routine, dialect } = place;
  if (meaning.operator === '<=') {
    const causes = causesOf(look.list, 'empty', place);
    const gives = untouched(routine, dialect.reading, loop);
    const does = `stops before ${meaning.right.text}`;
    return causes.length === 0 ? [] : [{ does, edits: [replace(meaning.sign, '<')], causes, gives }];
  }
  if (meaning.operator !== '<' || !/\+\s*1$/.test(look.index.text)) return [];
  const causes = causesOf(look.list, 'single', place);
  const edits = [replace(meaning.right, `${meaning.right.text} - 1`)];
  const gives = untouched(routine, dialect.reading, loop);
  return causes.length === 0
    ? []
    : [{ does: `stops one before ${meaning.right.text}`, edits, causes, gives }];
}

/** Python's `range(len(items) + 1)`, Ruby's `(0..items.length)` and `upto`. */
function ranges(look: Look, place: Place): readonly Candidate[] {
  return around(look.index, 'each', place).flatMap((loop) => {
    if (!look.index.text.includes(loop.meaning.item.text)) return [];
    const edit = rangeEdit(loop.meaning.list, look, place);
    if (edit === null) return [];
    const looksAhead = /\+\s*1$/.test(look.index.text);
    const causes = causesOf(look.list, looksAhead ? 'single' : 'empty', place);
    const gives = untouched(place.routine, place.dialect.reading, loop.node);
    const does = `stops before the end of ${look.list.text}`;
    return causes.length === 0 ? [] : [{ does, edits: [edit], causes, gives }];
  });
}

function rangeEdit(list: SyntaxNode, look: Look, place: Place) {
  const meaning = place.dialect.reading.meaning(list);
  if (meaning.is === 'same') return rangeEdit(meaning.of, look, place);
  if (list.type === 'range') {
    const sign = list.children.find(({ type }) => type === '..');
    return sign === undefined ? null : replace(sign, '...');
  }
  if (meaning.is !== 'call' || !/^(range|upto|times)$/.test(meaning.name)) return null;
  const end = meaning.args.length > 1 && meaning.name === 'range' ? meaning.args[1] : meaning.args[0];
  if (end === undefined) return null;
  if (/\+\s*1$/.test(look.index.text)) return replace(end, `${end.text} - 1`);
  const tooFar = /^(.*?)\s*\+\s*1$/s.exec(end.text)?.[1];
  if (tooFar !== undefined) return replace(end, tooFar);
  return meaning.name === 'upto' && /(length|size)$/.test(end.text) ? replace(end, `${end.text} - 1`) : null;
}

function lengthsOf(list: string): readonly string[] {
  return [`${list}.length`, `len(${list})`, `${list}.size()`, `${list}.length()`, `${list}.size`];
}

/** `items[items.length]`: the last one is meant. */
function pastTheEnd({ list, index }: Look, place: Place): readonly Candidate[] {
  const length = index.text.replaceAll(/\s/g, '');
  const of = list.text;
  const causes = causesOf(list, 'single', place);
  if (!lengthsOf(of).includes(length) || causes.length === 0) return [];
  const does = `looks at the last of ${of}`;
  return [{ does, edits: [replace(index, `${index.text} - 1`)], causes, gives: null }];
}

/** Gives something else back for a list that does not reach so far. */
function tooShort({ list, index }: Look, place: Place): readonly Candidate[] {
  const { writing, reading } = place.dialect;
  const causes = causesOf(list, 'empty', place);
  const key = reading.meaning(index);
  if (causes.length === 0) return [];
  const isFirst = key.is === 'literal' && key.value.is === 'number' && key.value.value <= 0;
  const isFixed = named(index).length === 0 || index.text.startsWith('-');
  const condition =
    isFirst || index.text.startsWith('-')
      ? writing.isEmpty(list.text)
      : writing.isShort(list.text, index.text);
  if (!isFixed && key.is !== 'name' && key.is !== 'literal') return [];
  // In a loop to go on would mean for ever.
  if (around(list, 'loop', place).length > 0) return [];
  return insteads(place).flatMap(({ value, text }) => {
    const edits = guardBefore(list, condition, writing.exit(text), place);
    const does = `gives ${text} back when ${list.text} is too short`;
    return edits.length === 0 ? [] : [{ does, edits, causes, gives: value }];
  });
}

/** Half-open bounds in a loop that asks with `<=`: the upper one begins at the last item. */
function lastOfAll(look: Look, place: Place): readonly Candidate[] {
  const { routine, dialect } = place;
  return around(look.index, 'loop', place).flatMap((loop) =>
    comparisonsIn(loop.meaning.condition, place).flatMap(({ meaning }) => {
      const upper = beginOf(meaning.right.text, place);
      const length = upper?.text.replaceAll(/\s/g, '') ?? '';
      const causes = causesOf(look.list, 'empty', place);
      if (meaning.operator !== '<=' || upper === null || !lengthsOf(look.list.text).includes(length))
        return [];
      const gives = untouched(routine, dialect.reading, loop.node);
      const does = `begins with ${meaning.right.text} at the last of ${look.list.text}`;
      return causes.length === 0
        ? []
        : [{ does, edits: [replace(upper, `${upper.text} - 1`)], causes, gives }];
    }),
  );
}

/** What a name is given first; in `a, b = 0, n` the one at the same place. */
function beginOf(name: string, place: Place): SyntaxNode | null {
  for (const node of nodesIn(place.routine.body)) {
    const meaning = place.dialect.reading.meaning(node);
    if (meaning.is !== 'assign') continue;
    if (meaning.target.text === name) return meaning.value;
    const at = named(meaning.target).findIndex(({ text }) => text === name);
    if (at !== -1 && /list/.test(meaning.target.type)) return named(meaning.value)[at] ?? null;
  }
  return null;
}

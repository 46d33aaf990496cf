import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Candidate, Cause } from '../candidate.ts';
import { untouched } from '../instead.ts';
import { itemName, pathOf } from '../path.ts';
import { around, guardBefore, insteads, isStable, meaningOf, onLine, type Place, replace } from '../place.ts';
import { aboveOf } from '../tree.ts';
import { NO_TEXT, NOTHING, type Value, ZERO } from '../value.ts';

/** Something that is nothing was used: skip it, leave early, or reach through it safely. */
export function missingValue(place: Place): readonly Candidate[] {
  if (place.crash.kind !== 'missing_value') return [];
  return holdersOf(place.crash.member, place)
    .slice(0, 3)
    .flatMap((holder) => {
      const causes = causeOf(holder, place);
      if (causes.length === 0) return [];
      return [
        ...skips(holder, causes, place),
        ...leaves(holder, causes, place),
        ...reaches(holder, causes, place),
      ];
    });
}

/** What something was asked of on the line: of the member that the error names, if it stands there. */
function holdersOf(member: string | null, place: Place): readonly SyntaxNode[] {
  const fields = onLine(place, 'field').filter(({ meaning }) => !meaning.safe);
  const calls = onLine(place, 'call').filter(({ meaning }) => !meaning.safe && meaning.of !== null);
  const named = [...fields, ...calls].filter(({ meaning }) => meaning.name === member);
  const items = onLine(place, 'item');
  const taken = onLine(place, 'assign').filter(({ meaning }) => /pattern/.test(meaning.target.type));
  const said = named.length > 0 ? named : [...items, ...fields, ...calls];
  const holders = said.flatMap(({ meaning }) => meaning.of ?? []);
  const others = [
    ...taken.map(({ meaning }) => meaning.value),
    ...onLine(place, 'each').map(({ meaning }) => meaning.list),
  ];
  const all = named.length > 0 ? holders : [...holders, ...others, ...operands(place)];
  const distinct = named.length === 0 ? all : [...all, ...taken.map(({ meaning }) => meaning.value)];
  return distinct.filter((node, at) => distinct.findIndex((other) => other.text === node.text) === at);
}

function operands(place: Place): readonly SyntaxNode[] {
  return onLine(place, 'operation').flatMap(({ meaning }) => [meaning.right, meaning.left]);
}

/** What is looked up and not there is nothing; anything else has to be nothing itself. */
export function causeOf(holder: SyntaxNode, place: Place): readonly Cause[] {
  const path = pathOf(holder, place.scope);
  if (path === null) return [];
  const last = path.steps.at(-1);
  if (last?.is === 'found') return [{ path: { ...path, steps: path.steps.slice(0, -1) }, value: 'empty' }];
  return [{ path, value: NOTHING }];
}

/** The next one, where it is an item of a loop or a part of one. */
function skips(holder: SyntaxNode, causes: readonly Cause[], place: Place): readonly Candidate[] {
  const { dialect, routine } = place;
  const [loop] = around(holder, 'each', place);
  const condition = dialect.writing.isNothing(holder.text);
  if (loop === undefined || condition === null || !isStable(holder, place)) return [];
  const item = itemName(loop.meaning.item);
  if (rootOf(holder, place) !== item && !loop.meaning.item.text.includes(rootOf(holder, place))) return [];
  const edits = guardBefore(holder, condition, dialect.writing.skip, place);
  const gives = untouched(routine, dialect.reading, loop.node);
  const does = `leaves out an item when ${holder.text} is missing`;
  return edits.length === 0 ? [] : [{ does, edits, causes, gives }];
}

function rootOf(node: SyntaxNode, place: Place): string {
  const meaning = place.dialect.reading.meaning(node);
  if (meaning.is === 'field' || meaning.is === 'item' || meaning.is === 'same')
    return rootOf(meaning.of, place);
  return meaning.is === 'call' && meaning.of !== null ? rootOf(meaning.of, place) : node.text;
}

function leaves(holder: SyntaxNode, causes: readonly Cause[], place: Place): readonly Candidate[] {
  const { writing } = place.dialect;
  const condition = writing.isNothing(holder.text);
  if (condition === null || !isStable(holder, place)) return [];
  return insteads(place).flatMap(({ value, text }) => {
    const edits = guardBefore(holder, condition, writing.exit(text), place);
    const does = `gives ${text} back when ${holder.text} is missing`;
    return edits.length === 0 ? [] : [{ does, edits, causes, gives: value }];
  });
}

/** `holder.rest` becomes `holder?.rest ?? instead`, where the language has such a form. */
function reaches(holder: SyntaxNode, causes: readonly Cause[], place: Place): readonly Candidate[] {
  const whole = chainOf(holder, place);
  if (whole === null || (!isStable(holder, place) && place.dialect.language === 'python')) return [];
  const rest = place.text.slice(holder.to, whole.to);
  const value = contextValue(whole, place);
  const instead = value === null ? null : place.dialect.writing.value(value);
  const text = place.dialect.writing.orElse({ holder: holder.text, rest, instead });
  if (text === null) return [];
  const isInner = value !== null && /operation|binary/.test(whole.parent?.type ?? '');
  const edits = [replace(whole, isInner && !text.startsWith('(') ? `(${text})` : text)];
  const gives =
    whole.parent === null || place.dialect.reading.meaning(whole.parent).is !== 'return' ? null : value;
  const does = `takes ${instead ?? 'nothing'} instead of ${whole.text} when ${holder.text} is missing`;
  return [{ does, edits, causes, gives }];
}

/** The longest chain of fields, items and calls that begins with the holder. */
function chainOf(holder: SyntaxNode, place: Place): SyntaxNode | null {
  let whole: SyntaxNode | null = null;
  for (const node of aboveOf(holder)) {
    if (node.from !== holder.from || node.to === holder.to) break;
    const { is } = place.dialect.reading.meaning(node);
    if (is === 'field' || is === 'item' || is === 'call') whole = node;
    else if (node.type !== 'member_expression' && node.type !== 'attribute') break;
  }
  return whole;
}

/** What fits where the chain stands: a number in a sum, text in a text. */
function contextValue(whole: SyntaxNode, place: Place): Value | null {
  const { parent } = whole;
  if (parent === null) return null;
  const [sum] = [...meaningOf(parent, 'operation', place), ...meaningOf(parent, 'assign', place)];
  if (sum !== undefined && /^[-+*/]=?$/.test(sum.meaning.operator)) {
    const texts = /['"`]/.test(parent.text.replace(whole.text, ''));
    return texts ? NO_TEXT : ZERO;
  }
  if (/template|interpolation/.test(parent.type)) return NO_TEXT;
  return insteads(place).find(({ value }) => value.is !== 'absent' && value.is !== 'nothing')?.value ?? null;
}

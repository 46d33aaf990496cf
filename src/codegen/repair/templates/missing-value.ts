import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Candidate, Cause, Promised } from '../candidate.ts';
import { untouched } from '../instead.ts';
import { itemName, pathOf } from '../path.ts';
import {
  around,
  guardBefore,
  insteads,
  isStable,
  meaningOf,
  onLine,
  type Place,
  replace,
  statementOf,
} from '../place.ts';
import { aboveOf, bare, nodesIn } from '../tree.ts';
import { NO_TEXT, NOTHING, type Value, ZERO } from '../value.ts';

/** Something that is nothing was used: skip it, leave early, or reach through it safely. */
export function missingValue(place: Place): readonly Candidate[] {
  if (place.crash.kind !== 'missing_value') return [];
  return holdersOf(place.crash.member, place)
    .slice(0, 3)
    .flatMap((holder) => {
      const causes = causeOf(holder, place);
      if (causes.length === 0) return [];
      const reached = reaches(holder, causes, place);
      const left = [...skips(holder, causes, place), ...leaves(holder, causes, place)];
      // Without a summand the sum is the others; to give up all of it would be another number.
      return reached.some(({ gives }) => gives === 'a number')
        ? [...reached, ...left]
        : [...left, ...reached];
    });
}

/** What something was asked of on the line: of the member that the error names, if it stands there. */
function holdersOf(member: string | null, place: Place): readonly SyntaxNode[] {
  const asked = [...onLine(place, 'field'), ...onLine(place, 'call')].filter(({ meaning }) => !meaning.safe);
  const items = onLine(place, 'item');
  const operations = onLine(place, 'operation');
  const taken = onLine(place, 'assign').filter(({ meaning }) => /pattern/.test(meaning.target.type));
  const named = [
    ...asked.filter(({ meaning }) => meaning.name === member),
    ...items.filter(({ meaning }) => meaning.key.text === member),
  ].flatMap(({ meaning }) => meaning.of ?? []);
  const left = operations
    .filter(({ meaning }) => meaning.operator === member)
    .map(({ meaning }) => meaning.left);
  const said = [...named, ...left, ...taken.map(({ meaning }) => meaning.value)];
  const all =
    said.length > 0
      ? said
      : [
          ...[...items, ...asked].flatMap(({ meaning }) => meaning.of ?? []),
          ...onLine(place, 'each').map(({ meaning }) => meaning.list),
          ...operations.flatMap(({ meaning }) => [meaning.right, meaning.left]),
        ];
  const holders = all.map(bare);
  return holders.filter((node, at) => holders.findIndex((other) => other.text === node.text) === at);
}

/** What is looked up and not there is nothing; anything else has to be nothing itself. */
export function causeOf(holder: SyntaxNode, place: Place): readonly Cause[] {
  const path = pathOf(holder, place.scope);
  if (path === null) return unknownKey(holder, place);
  const last = path.steps.at(-1);
  if (last?.is === 'found') return [{ path: { ...path, steps: path.steps.slice(0, -1) }, value: 'empty' }];
  return [{ path, value: NOTHING }];
}

/** Looked up in something of the module's own: a key that is not in there. */
function unknownKey(holder: SyntaxNode, place: Place): readonly Cause[] {
  const meaning = place.dialect.reading.meaning(given(holder, place));
  const key = meaning.is === 'item' ? meaning.key : meaning.is === 'call' ? meaning.args[0] : undefined;
  const path = key === undefined ? null : pathOf(key, place.scope);
  return path === null ? [] : [{ path, value: { is: 'text', value: 'unknown' } }];
}

/** What a name was given first. */
function given(node: SyntaxNode, place: Place): SyntaxNode {
  const sets = [...nodesIn(place.routine.body)].flatMap((one) => meaningOf(one, 'assign', place));
  return sets.find(({ meaning }) => meaning.target.text === node.text)?.meaning.value ?? node;
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
  if (!isStable(holder, place) && place.dialect.language === 'python') return [];
  const rest = place.text.slice(holder.to, whole.to).replace(/^!/, '');
  const value = contextValue(whole, place);
  const instead = value === null ? null : place.dialect.writing.value(value);
  const isAlone = rest === '' && value === null;
  const text = isAlone ? null : place.dialect.writing.orElse({ holder: holder.text, rest, instead });
  if (text === null) return [];
  const isInner = value !== null && /operation|binary/.test(whole.parent?.type ?? '');
  const edits = [replace(whole, isInner && !text.startsWith('(') ? `(${text})` : text)];
  const does = `takes ${instead ?? 'nothing'} instead of ${whole.text} when ${holder.text} is missing`;
  return [{ does, edits, causes, gives: promisedBy(whole, value, place) }];
}

/** The longest chain of fields, items and calls that begins with the holder; itself where none does. */
function chainOf(holder: SyntaxNode, place: Place): SyntaxNode {
  let whole = holder;
  for (const node of aboveOf(holder)) {
    if (node.from !== holder.from) break;
    const { is } = place.dialect.reading.meaning(node);
    if (is === 'field' || is === 'item' || is === 'call') whole = node;
    else if (!/^(member_expression|attribute|non_null_expression)$/.test(node.type)) break;
  }
  return whole;
}

function promisedBy(whole: SyntaxNode, value: Value | null, { dialect }: Place): Promised {
  const outer = whole.parent === null ? null : dialect.reading.meaning(whole.parent);
  if (outer?.is === 'return') return value;
  return outer?.is === 'operation' && /^[-+]$/.test(outer.operator) && value?.is === 'number'
    ? 'a number'
    : null;
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
  if (statementOf(whole, place) === null && whole !== place.routine.body) return null;
  return insteads(place).find(({ value }) => value.is !== 'absent' && value.is !== 'nothing')?.value ?? null;
}

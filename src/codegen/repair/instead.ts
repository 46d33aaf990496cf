import type { SyntaxNode } from '../../ports/syntax-tree.ts';
import type { Dialect, Meaning, Reading, Routine } from './dialect.ts';
import { isIn, named, nodesIn } from './tree.ts';
import { ABSENT, NO_ENTRIES, NO_ITEMS, NO_TEXT, NOTHING, sameValue, type Value, ZERO } from './value.ts';

/**
 * What a routine gives back where it has nothing to work on, likeliest first: what its other guards give, then what fits
 * the type of its result, then nothing. Guards of its neighbours in the file count after its own.
 */
export function insteadOf(routine: Routine, { reading, writing }: Dialect): readonly Value[] {
  const guards = guardValues(routine.body, reading);
  const typed = routine.gives === null ? null : writing.zero(routine.gives);
  const fitting = typed ?? fittingValue(routine, reading);
  const all = [...guards, ...(fitting === null ? [] : [fitting])];
  if (all.length === 0) all.push(givesNothing(routine, reading) ? ABSENT : NOTHING);
  return all.filter((value, at) => all.findIndex((other) => sameValue(value, other)) === at);
}

/** What a result is, told by the routine's own code; null where that does not tell. */
export type Kind = 'number' | 'text' | 'list' | 'map' | 'nothing';

export function resultKind(routine: Routine, reading: Reading): Kind | null {
  if (givesNothing(routine, reading)) return 'nothing';
  const is = fittingValue(routine, reading)?.is;
  return is === 'number' || is === 'text' || is === 'list' || is === 'map' ? is : null;
}

/** Constants that are given back from inside an `if`. */
function guardValues(body: SyntaxNode, reading: Reading): readonly Value[] {
  return [...nodesIn(body)].flatMap((node) => {
    const meaning = reading.meaning(node);
    if (meaning.is !== 'branch') return [];
    return returnsIn(meaning.body, reading).flatMap((value) =>
      value === null ? [] : (constant(value, reading) ?? []),
    );
  });
}

function returnsIn(node: SyntaxNode, reading: Reading): readonly (SyntaxNode | null)[] {
  return [...nodesIn(node)].flatMap((one) => {
    const meaning = reading.meaning(one);
    return meaning.is === 'return' ? [meaning.value] : [];
  });
}

function givesNothing(routine: Routine, reading: Reading): boolean {
  return (
    routine.body.type.includes('block') && returnsIn(routine.body, reading).every((value) => value === null)
  );
}

/** The value of a literal, or of an empty list or map. */
export function constant(node: SyntaxNode, reading: Reading): Value | null {
  const meaning = reading.meaning(node);
  if (meaning.is === 'same') return constant(meaning.of, reading);
  if (meaning.is === 'literal') return meaning.value;
  if (meaning.is === 'list') return meaning.items.length === 0 ? NO_ITEMS : null;
  return meaning.is === 'map' && node.text.replaceAll(/\s/g, '') === '{}' ? NO_ENTRIES : null;
}

const BY_TYPE: readonly (readonly [RegExp, Value])[] = [
  [/^(Promise<)?(number|int|long|short|float|double|int64|float64|int32|uint\d*|byte)\b(?!\[)/, ZERO],
  [/^(Promise<)?(string|str|String)\b(?!\[)/, NO_TEXT],
  [/^(boolean|bool)\b(?!\[)/, { is: 'truth', value: false }],
  [/^(readonly \w+\[\]|list\b|List\b|\w+\[\]$|Array<)/, NO_ITEMS],
  [/^(dict\b|Map\b|Record<|Mapping\b)/, NO_ENTRIES],
  [/^(void|None)$/, ABSENT],
];

function fittingValue(routine: Routine, reading: Reading): Value | null {
  const declared = routine.gives;
  if (declared !== null) return BY_TYPE.find(([type]) => type.test(declared))?.[1] ?? null;
  const returned = returnsIn(routine.body, reading).filter((value) => value !== null);
  const last = returned.at(-1) ?? lastExpression(routine);
  return last === null ? null : fitting(last, routine, reading);
}

/** Of a body that is an expression, or, in Ruby, ends in one that is given back. */
function lastExpression({ body }: Routine): SyntaxNode | null {
  if (body.type === 'body_statement') return named(body).at(-1) ?? null;
  return /block|body/.test(body.type) ? null : body;
}

const GIVES_TEXT =
  /^(toUpperCase|toLowerCase|trim|strip|upper|lower|join|toFixed|title|upcase|downcase|capitalize|padStart|replace|format|slice|substring|toString|str|String|to_s|concat)$/;
const GIVES_NUMBER =
  /^(len|sum|round|abs|floor|ceil|min|max|int|float|Number|parseInt|count|size|length|to_i|to_f|mean)$/;
const GIVES_ITEMS =
  /^(map|filter|flatMap|split|sorted|list|toSorted|sort|keys|values|select|reject|sort_by)$/;

function fitting(node: SyntaxNode, routine: Routine, reading: Reading): Value | null {
  const meaning = reading.meaning(node);
  if (meaning.is === 'same' || meaning.is === 'await') return fitting(meaning.of, routine, reading);
  if (meaning.is === 'name') return firstValue(meaning.name, routine, reading);
  if (meaning.is === 'literal') return emptied(meaning.value);
  if (meaning.is === 'operation') return ofOperation(meaning, routine, reading);
  if (meaning.is === 'field' || meaning.is === 'call') return fittingMember(meaning.name);
  if (meaning.is === 'text') return NO_TEXT;
  if (meaning.is === 'map') return NOTHING;
  return meaning.is === 'list' || node.type.endsWith('comprehension') ? NO_ITEMS : null;
}

function fittingMember(name: string): Value | null {
  if (GIVES_TEXT.test(name)) return NO_TEXT;
  if (GIVES_NUMBER.test(name)) return ZERO;
  return GIVES_ITEMS.test(name) ? NO_ITEMS : null;
}

function ofOperation(
  meaning: Extract<Meaning, { is: 'operation' }>,
  routine: Routine,
  reading: Reading,
): Value | null {
  if (/^[-*/%]|^\/\/|^\*\*/.test(meaning.operator)) return ZERO;
  if (/^([<>]=?|[!=]==?|in|is)$/.test(meaning.operator)) return { is: 'truth', value: false };
  if (meaning.operator !== '+') return null;
  const parts = [meaning.left, meaning.right].map((part) => fitting(part, routine, reading));
  return (
    parts.find((part) => part?.is === 'text') ?? (parts.some((part) => part?.is === 'number') ? ZERO : null)
  );
}

function emptied(value: Value): Value {
  if (value.is === 'text') return NO_TEXT;
  return value.is === 'truth' ? { is: 'truth', value: false } : value;
}

/** What a name holds before anything is gathered in it: the constant of its first assignment. */
function firstValue(name: string, routine: Routine, reading: Reading): Value | null {
  for (const node of nodesIn(routine.body)) {
    const meaning = reading.meaning(node);
    if (meaning.is === 'assign' && meaning.target.text === name) return constant(meaning.value, reading);
  }
  return null;
}

/** What the routine gives back when a loop of it did nothing: what it had gathered before, if that is a constant. */
export function untouched(routine: Routine, reading: Reading, loop: SyntaxNode): Value | null {
  const returned = returnsIn(routine.body, reading).findLast((value) => value !== null && !isIn(value, loop));
  const after = returned ?? lastExpression(routine);
  if (after === null || after === loop) return null;
  const meaning = reading.meaning(after);
  return meaning.is === 'name' ? firstValue(meaning.name, routine, reading) : constant(after, reading);
}

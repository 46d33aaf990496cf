import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Candidate, Cause } from '../candidate.ts';
import { untouched } from '../instead.ts';
import { pathOf } from '../path.ts';
import { around, guardBefore, insteads, isStable, onLine, type Place } from '../place.ts';
import { nodesIn } from '../tree.ts';
import { NO_TEXT, NOTHING, type Value, ZERO } from '../value.ts';

/** Nothing to divide by: the quotient is what the routine gives for nothing, or the item is left out. */
export function division(place: Place): readonly Candidate[] {
  if (place.crash.kind !== 'zero_division') return [];
  const operations = onLine(place, 'operation').filter(({ meaning }) =>
    /^(\/|%|\/\/)$/.test(meaning.operator),
  );
  return operations.flatMap(({ meaning }) => {
    const divisor = unwrapped(meaning.right, place);
    const causes = zeroOf(divisor, place);
    if (causes.length === 0 || !isStable(divisor, place)) return [];
    return [...leftOut(divisor, causes, place), ...instead(divisor, causes, place)];
  });
}

function unwrapped(node: SyntaxNode, place: Place): SyntaxNode {
  const meaning = place.dialect.reading.meaning(node);
  return meaning.is === 'same' ? unwrapped(meaning.of, place) : node;
}

/** A length is zero for an empty list; a number has to be zero itself; a difference where both are alike. */
function zeroOf(divisor: SyntaxNode, place: Place): readonly Cause[] {
  const { reading } = place.dialect;
  const meaning = reading.meaning(divisor);
  if (meaning.is === 'operation') {
    return [meaning.left, meaning.right].flatMap((side) => zeroOf(unwrapped(side, place), place));
  }
  const list = lengthOf(divisor, place);
  const path = pathOf(list ?? divisor, place.scope);
  if (path !== null) return [{ path, value: list === null ? ZERO : 'empty' }];
  return gathered(divisor, place);
}

function lengthOf(node: SyntaxNode, place: Place): SyntaxNode | null {
  const meaning = place.dialect.reading.meaning(node);
  const isLength = (name: string) => /^(length|size|count)$/.test(name);
  if (meaning.is === 'field' && isLength(meaning.name)) return meaning.of;
  if (meaning.is !== 'call') return null;
  if (meaning.of !== null) return isLength(meaning.name) ? meaning.of : null;
  return /^(len|sum)$/.test(meaning.name) ? (meaning.args[0] ?? null) : null;
}

/** A local that begins at zero and grows in a loop stays zero when there is nothing to loop over. */
function gathered(divisor: SyntaxNode, place: Place): readonly Cause[] {
  const { reading } = place.dialect;
  const name = reading.meaning(divisor);
  if (name.is !== 'name') return [];
  for (const node of nodesIn(place.routine.body)) {
    const meaning = reading.meaning(node);
    if (meaning.is !== 'assign' || meaning.target.text !== name.name) continue;
    const list = lengthOf(unwrapped(meaning.value, place), place);
    const path = pathOf(list ?? meaning.value, place.scope);
    if (path !== null) return [{ path, value: list === null ? ZERO : 'empty' }];
    const [loop] = meaning.operator.startsWith('+') ? around(node, 'each', place) : [];
    const looped = loop === undefined ? null : pathOf(loop.meaning.list, place.scope);
    if (looped !== null) return [{ path: looped, value: 'empty' }];
  }
  return [];
}

function leftOut(divisor: SyntaxNode, causes: readonly Cause[], place: Place): readonly Candidate[] {
  const { writing, reading } = place.dialect;
  const [loop] = around(divisor, 'each', place);
  if (loop === undefined || !causes.some(({ path }) => path.steps.some(({ is }) => is === 'element')))
    return [];
  const edits = guardBefore(divisor, writing.isZero(divisor.text), writing.skip, place);
  const gives = untouched(place.routine, reading, loop.node);
  return edits.length === 0
    ? []
    : [{ does: `leaves out an item when ${divisor.text} is 0`, edits, causes, gives }];
}

function instead(divisor: SyntaxNode, causes: readonly Cause[], place: Place): readonly Candidate[] {
  const { writing } = place.dialect;
  const isUnfit = (value: Value) => value === NOTHING || value === NO_TEXT;
  const known = insteads(place).filter(({ value }) => !isUnfit(value));
  const values = known.length > 0 ? known : [{ value: ZERO, text: writing.value(ZERO) }];
  return values.flatMap(({ value, text }) => {
    const edits = guardBefore(divisor, writing.isZero(divisor.text), writing.exit(text), place);
    const does = `gives ${text} back when ${divisor.text} is 0`;
    return edits.length === 0 ? [] : [{ does, edits, causes, gives: value }];
  });
}

import type { Candidate } from '../candidate.ts';
import { around, onLine, type Place, replace } from '../place.ts';
import { causeOf } from './missing-value.ts';

const SWAPPED: Readonly<Record<string, string>> = { '||': '&&', '&&': '||', or: 'and', and: 'or' };

/** A condition that asks whether something is there, and goes on to use it when it is not. */
export function conditions(place: Place): readonly Candidate[] {
  const { kind } = place.crash;
  if (kind !== 'missing_value' && kind !== 'out_of_range') return [];
  return [...wrongConnective(place), ...wrongOrder(place)];
}

function wrongConnective(place: Place): readonly Candidate[] {
  if (place.crash.kind !== 'missing_value') return [];
  return onLine(place, 'operation').flatMap(({ meaning }) => {
    const other = SWAPPED[meaning.operator];
    const holder = onLine(place, 'name').find(
      ({ node, meaning: { name } }) =>
        node.from >= meaning.right.from &&
        node.to <= meaning.right.to &&
        new RegExp(`\\b${name}\\b`).test(meaning.left.text),
    );
    if (other === undefined || holder === undefined) return [];
    const causes = causeOf(holder.node, place);
    if (causes.length === 0) return [];
    const does = `asks for both sides of the condition with ${other}`;
    return [{ does, edits: [replace(meaning.sign, other)], causes, gives: null }];
  });
}

/** `items[i] > 0 && i < items.length`: the bound has to be asked first. */
function wrongOrder(place: Place): readonly Candidate[] {
  if (place.crash.kind !== 'out_of_range') return [];
  return onLine(place, 'operation').flatMap(({ meaning }) => {
    const { left, right, operator } = meaning;
    const item = onLine(place, 'item').find(({ node }) => node.from >= left.from && node.to <= left.to);
    if (!/^(&&|and)$/.test(operator) || item === undefined || !/<|>/.test(right.text)) return [];
    if (around(item.node, 'loop', place).length === 0 && around(item.node, 'branch', place).length === 0)
      return [];
    const causes = causeOf(item.meaning.of, place).map(({ path }) => ({ path, value: 'empty' as const }));
    if (causes.length === 0) return [];
    const edits = [replace(left, right.text), replace(right, left.text)];
    return [{ does: 'asks for the bound before it looks', edits, causes, gives: null }];
  });
}

import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Candidate } from '../candidate.ts';
import { meaningOf, onLine, outerOf, type Place, replace } from '../place.ts';
import { nodesIn } from '../tree.ts';

/** A promise or coroutine was used instead of what it gives: waits for it. */
export function notAwaited(place: Place): readonly Candidate[] {
  const { crash, routine } = place;
  const fits =
    crash.kind === 'not_awaited' || crash.kind === 'missing_value' || crash.kind === 'unknown_name';
  if (!fits || !routine.isAsync) return [];
  const used = new Set(onLine(place, 'name').map(({ meaning }) => meaning.name));
  return [...nodesIn(routine.body)].flatMap((node) => {
    const [call] = meaningOf(node, 'call', place);
    if (call === undefined || !isAsync(call.meaning.name, place) || isAwaited(node, place)) return [];
    const isUsed = node.line === place.line || used.has(nameOf(node, place) ?? '');
    if (!isUsed) return [];
    const does = `waits for ${call.meaning.name}`;
    const isInner = node.parent !== null && meaningOf(node.parent, 'field', place).length > 0;
    const text = isInner || isSubscribed(node, place) ? `(await ${node.text})` : `await ${node.text}`;
    return [{ does, edits: [replace(node, text)], causes: [], gives: null }];
  });
}

function isAsync(name: string, { scope }: Place): boolean {
  return scope.known.get(name)?.isAsync === true || /^(fetch|json)$/.test(name);
}

function isAwaited(node: SyntaxNode, place: Place): boolean {
  return node.parent !== null && meaningOf(node.parent, 'await', place).length > 0;
}

function isSubscribed(node: SyntaxNode, place: Place): boolean {
  return node.parent !== null && meaningOf(node.parent, 'item', place).length > 0;
}

/** Of what the call is assigned to. */
function nameOf(node: SyntaxNode, place: Place): string | null {
  const { outer } = outerOf(node, place);
  const [set] = outer === null ? [] : meaningOf(outer, 'assign', place);
  return set?.meaning.target.text ?? null;
}

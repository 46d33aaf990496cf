import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Candidate } from '../candidate.ts';
import type { Of } from '../dialect.ts';
import { constant } from '../instead.ts';
import { pathOf } from '../path.ts';
import { type Found, meaningOf, type Place, replace } from '../place.ts';
import { nodesIn } from '../tree.ts';
import type { Value } from '../value.ts';

/** It calls itself for ever: the end is missed, or what is handed on never gets smaller. */
export function recursion(place: Place): readonly Candidate[] {
  if (place.crash.kind !== 'endless_recursion') return [];
  return [...missedEnd(place), ...sameAgain(place)];
}

const MINUS_ONE: Value = { is: 'number', value: -1 };

/** `n == 0` is stepped over by a negative number: `n <= 0`. */
function missedEnd(place: Place): readonly Candidate[] {
  return ofKind(place.routine.body, 'branch', place).flatMap(({ meaning: branch }) =>
    ofKind(branch.condition, 'operation', place).flatMap(({ meaning }) => {
      const path = pathOf(meaning.left, place.scope);
      if (!/^={2,3}$/.test(meaning.operator) || path === null || !/^\d+$/.test(meaning.right.text)) return [];
      const gives = constantReturn(branch.body, place);
      const edits = [replace(meaning.sign, '<=')];
      return [
        { does: `ends below ${meaning.right.text} too`, edits, causes: [{ path, value: MINUS_ONE }], gives },
      ];
    }),
  );
}

function constantReturn(then: SyntaxNode, place: Place): Value | null {
  const [returned] = ofKind(then, 'return', place);
  const value = returned?.meaning.value ?? null;
  return value === null ? null : constant(value, place.dialect.reading);
}

/** `f(n)` within `f(n)`: one less is meant. */
function sameAgain(place: Place): readonly Candidate[] {
  const { routine } = place;
  return ofKind(routine.body, 'call', place)
    .filter(({ meaning }) => meaning.name === routine.name)
    .flatMap(({ meaning }) =>
      meaning.args.flatMap((arg, at) => {
        const path = pathOf(arg, place.scope);
        if (
          path === null ||
          path.steps.length > 0 ||
          path.parameter !== at ||
          arg.text !== routine.parameters[at]?.name
        )
          return [];
        const causes = [{ path, value: { is: 'number', value: 2 } as const }];
        return [
          { does: `goes on with one less`, edits: [replace(arg, `${arg.text} - 1`)], causes, gives: null },
        ];
      }),
    );
}

function ofKind<Is extends 'branch' | 'operation' | 'return' | 'call'>(
  node: SyntaxNode,
  is: Is,
  place: Place,
): readonly Found<Of<Is>>[] {
  return [...nodesIn(node)].flatMap((one) => meaningOf(one, is, place));
}

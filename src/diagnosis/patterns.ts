import type { Anomaly } from '../domain/anomaly.ts';
import type { Pattern } from '../ports/templates.ts';
import { isToldByCode, type Statement, statementsOf } from './statements.ts';

/** A known failure, and the statement that shows it. */
export interface Known extends Pattern {
  readonly witness: string;
}

/**
 * Known failures that the anomaly's own words show. A number that grows says nothing of the kind, whatever the line
 * beside it says. One statement has to carry a pattern whole: words of different lines are no evidence together.
 * `code` is what stands where the error was thrown; empty where that is not known.
 *
 * Order: nearest to the fault first (an inner cause before what wraps it), then the most specific (most conditions),
 * then the library's own. The first decides.
 */
export function matchPatterns(anomaly: Anomaly, patterns: readonly Pattern[], code = ''): readonly Known[] {
  return anomaly.kind === 'metric' ? [] : shownBy(statementsOf(anomaly), patterns, code);
}

/** Known failures of the outside that the lines before it show, the latest line first. */
export function patternsBefore({ sample }: Anomaly, patterns: readonly Pattern[]): readonly Known[] {
  const outside = patterns.filter(({ verdict }) => verdict === 'no_code_cause');
  return shownBy(
    sample.before.toReversed().map((text, depth) => ({ text, depth })),
    outside,
    '',
  );
}

function shownBy(
  statements: readonly Statement[],
  patterns: readonly Pattern[],
  code: string,
): readonly Known[] {
  return patterns
    .flatMap((pattern) => {
      const witness = statements.find((statement) => isWitness(statement, pattern, code));
      return witness === undefined ? [] : [{ pattern, witness }];
    })
    .toSorted((a, b) => a.witness.depth - b.witness.depth || conditions(b.pattern) - conditions(a.pattern))
    .map(({ pattern, witness }) => ({ ...pattern, witness: witness.text }));
}

function conditions({ match, code }: Pattern): number {
  return match.length + (code === undefined ? 0 : 1);
}

function isWitness({ text, depth }: Statement, pattern: Pattern, code: string): boolean {
  const found = pattern.match.map((one) => expression(one).exec(text));
  if (found.includes(null) || pattern.unless.some((one) => expression(one).test(text))) return false;
  if (pattern.code === undefined) return pattern.verdict === 'cause' || !isToldByCode(text);
  // Only the error nearest to the fault was thrown where the code stands.
  return depth === 0 && codeExpression(pattern.code, found).test(code);
}

function expression(pattern: string): RegExp {
  return new RegExp(pattern, 'i');
}

/** With `$1` as the statement has it. */
function codeExpression(pattern: string, found: readonly (RegExpExecArray | null)[]): RegExp {
  const group = found.flatMap((one) => one?.slice(1) ?? []).find((text) => text !== undefined) ?? '';
  const literal = group.replaceAll(/[^\w]/g, '\\$&');
  return new RegExp(pattern.replaceAll('$1', () => literal));
}

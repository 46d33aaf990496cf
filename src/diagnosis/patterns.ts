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
 *
 * Order: nearest to the fault first (an inner cause before what wraps it), then the most specific (most conditions),
 * then the library's own. The first decides.
 */
export function matchPatterns(anomaly: Anomaly, patterns: readonly Pattern[]): readonly Known[] {
  return anomaly.kind === 'metric' ? [] : shownBy(statementsOf(anomaly), patterns);
}

/** Known failures of the outside that the lines before it show, the latest line first. */
export function patternsBefore({ sample }: Anomaly, patterns: readonly Pattern[]): readonly Known[] {
  const outside = patterns.filter(({ verdict }) => verdict === 'no_code_cause');
  return shownBy(
    sample.before.toReversed().map((text, depth) => ({ text, depth })),
    outside,
  );
}

function shownBy(statements: readonly Statement[], patterns: readonly Pattern[]): readonly Known[] {
  return patterns
    .flatMap((pattern) => {
      const witness = witnessOf(pattern, statements);
      return witness === undefined ? [] : [{ pattern, witness }];
    })
    .toSorted((a, b) => a.witness.depth - b.witness.depth || b.pattern.match.length - a.pattern.match.length)
    .map(({ pattern, witness }) => ({ ...pattern, witness: witness.text }));
}

function witnessOf(pattern: Pattern, statements: readonly Statement[]): Statement | undefined {
  const all = pattern.match.map(expression);
  const none = pattern.unless.map(expression);
  return statements.find(
    ({ text }) =>
      all.every((one) => one.test(text)) &&
      !none.some((one) => one.test(text)) &&
      !(pattern.verdict === 'no_code_cause' && isToldByCode(text)),
  );
}

function expression(pattern: string): RegExp {
  return new RegExp(pattern, 'i');
}

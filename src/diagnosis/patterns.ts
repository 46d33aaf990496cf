import type { Anomaly } from '../domain/anomaly.ts';
import type { StackTrace } from '../domain/trace.ts';
import type { Pattern } from '../ports/templates.ts';

/** Longest text that patterns look at. */
const MOST_CHARS = 20_000;

/** Known failures that the anomaly's own text shows, most specific (most conditions) first. */
export function matchPatterns(anomaly: Anomaly, patterns: readonly Pattern[]): readonly Pattern[] {
  const text = textOf(anomaly);
  return patterns
    .filter(
      ({ match, unless }) =>
        match.every((one) => found(one, text)) && !unless.some((one) => found(one, text)),
    )
    .toSorted((a, b) => b.match.length - a.match.length);
}

function found(pattern: string, text: string): boolean {
  return new RegExp(pattern, 'i').test(text);
}

function textOf({ title, sample }: Anomaly): string {
  return [title, sample.text, ...traceLines(sample.trace)].join('\n').slice(0, MOST_CHARS);
}

function traceLines(trace: StackTrace | null): readonly string[] {
  return trace === null ? [] : [`${trace.errorType}: ${trace.message}`, ...traceLines(trace.cause)];
}

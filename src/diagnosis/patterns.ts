import type { Anomaly } from '../domain/anomaly.ts';
import { causesFirst, type StackTrace } from '../domain/trace.ts';
import type { Pattern } from '../ports/templates.ts';

/** Longest text that patterns look at. */
const MOST_CHARS = 20_000;

/**
 * Known failures that the anomaly's own words show, most specific (most conditions) first. A number that grows says
 * nothing of the kind, whatever the line beside it says, and neither do the names of functions and files in a trace.
 */
export function matchPatterns(anomaly: Anomaly, patterns: readonly Pattern[]): readonly Pattern[] {
  if (anomaly.kind === 'metric') return [];
  const text = wordsOf(anomaly);
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

function wordsOf({ title, sample }: Anomaly): string {
  const lines = sample.text.split('\n').filter((line) => !FRAME.test(line));
  return [title, ...lines, ...traceLines(sample.trace)].join('\n').slice(0, MOST_CHARS);
}

const FRAME = /^\s*(?:at |File "|from |\.\.\. \d+ more)/;

function traceLines(trace: StackTrace | null): readonly string[] {
  return trace === null ? [] : causesFirst(trace).map((one) => `${one.errorType}: ${one.message}`);
}

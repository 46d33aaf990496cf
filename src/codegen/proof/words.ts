import type { TestRef } from '../../domain/fix.ts';

const MOST_NAMES = 5;
const MOST_CHARACTERS = 200;

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** A few of them, and how many more there are. */
export function few(texts: readonly string[]): string {
  const shown = texts.slice(0, MOST_NAMES).join(', ');
  return texts.length > MOST_NAMES ? `${shown} and ${texts.length - MOST_NAMES} more` : shown;
}

export function names(tests: readonly TestRef[]): string {
  return few(tests.map((test) => `"${test.name}"`));
}

/** `3, 7-9` */
export function lineRanges(lines: readonly number[]): string {
  const ranges: (readonly [from: number, to: number])[] = [];
  for (const line of lines.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && line <= last[1] + 1) ranges[ranges.length - 1] = [last[0], line];
    else ranges.push([line, line]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}

export function firstLine(text: string): string {
  const line = text.split('\n').find((one) => one.trim() !== '') ?? 'no message';
  return line.trim().slice(0, MOST_CHARACTERS);
}

/** One line of code as it is shown in a sentence. */
export function codeWords(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `\`${line.length > 60 ? `${line.slice(0, 57)}...` : line}\``;
}

/** The line of an output that most likely says what went wrong. */
export function errorLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const said =
    lines.find((line) => /\b\w*(Error|error|ERR)\b.*:/.test(line)) ?? lines.findLast((line) => line !== '');
  return said?.slice(0, 300) ?? 'no output';
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Joined, joiner } from '../../src/pipeline/lines/join.ts';

/**
 * What a runtime printed, recorded by running it (Node 24, Python 3.11 and 3.13, OpenJDK 17, Go 1.19, Ruby 3.1, PHP 8.2,
 * Rust 1.95); `logged` is written by hand, after the documents of the loggers. Sections begin with `=== name`.
 */
export function recorded(file: string): ReadonlyMap<string, string> {
  const text = readFileSync(join(import.meta.dirname, 'fixtures', 'traces', `${file}.txt`), 'utf8');
  return new Map(
    text
      .split(/^=== /m)
      .slice(1)
      .map((part) => {
        const end = part.indexOf('\n');
        return [part.slice(0, end), part.slice(end + 1).replace(/\n$/, '')];
      }),
  );
}

export const RECORDINGS = ['javascript', 'python', 'java', 'go', 'ruby', 'php', 'rust', 'logged'];

/** The text joined line by line; offsets are line numbers from 0. */
export function joined(text: string): readonly Joined[] {
  const all: Joined[] = [];
  const one = joiner();
  for (const [offset, line] of text.split('\n').entries()) {
    one.push({ text: line, offset, mark: null, receivedAt: 0, carried: null }, (found) => all.push(found));
  }
  one.flush((found) => all.push(found));
  return all;
}

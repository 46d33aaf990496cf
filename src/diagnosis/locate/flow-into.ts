import type { Call } from '../../ports/syntax.ts';
import { feedingLines, namesIn } from './flow.ts';
import { missingNames, missingValueIn } from './missing-value.ts';

/** How a call is tied to a place: it made a value that is used there, or the one that was missing there. */
export type Flow = 'missing' | 'feeds' | null;

/** Where the values come from that are used at a place. */
export interface FlowInto {
  of(call: Call): Flow;
  /** The call that an error message names as the one that returned nothing. */
  readonly returned: readonly Call[];
  /** Lines that set the member of an object that was missing. */
  readonly fields: readonly number[];
}

/** For a line of a function that begins at `from`, and the message of the error there. */
export function flowInto(line: number, message: string, lines: readonly string[], from: number): FlowInto {
  const text = lines[line - 1] ?? '';
  const missing = missingValueIn(message);
  const names = missing === null ? [] : missingNames(text, missing);
  const range = { from, at: line };
  const makes = feedingLines(names, lines, range);
  const feeds = feedingLines(namesIn(text), lines, range);
  const returned = missing?.returnedBy ?? null;
  return {
    of: (call) => {
      if (makes.has(call.line) || call.name === returned) return 'missing';
      return feeds.has(call.line) ? 'feeds' : null;
    },
    returned: returned === null ? [] : [{ name: returned, line }],
    fields: fieldLines(names, text, lines),
  };
}

const MOST_FIELD_LINES = 5;

/** Where `this.voucher`, `self.voucher` or `@voucher` is set, of the names that are such members at a line. */
function fieldLines(names: readonly string[], text: string, lines: readonly string[]): readonly number[] {
  const members = names.filter((name) =>
    new RegExp(`(?:\\bthis\\.#?|\\bself\\.|@)${escaped(name)}\\b`).test(text),
  );
  if (members.length === 0) return [];
  const sets = new RegExp(`(?:\\bthis\\.#?|\\bself\\.|@)(?:${members.map(escaped).join('|')})\\s*=(?![=~>])`);
  return lines.flatMap((one, i) => (sets.test(one.slice(0, 500)) ? [i + 1] : [])).slice(0, MOST_FIELD_LINES);
}

function escaped(name: string): string {
  return name.replaceAll('$', '\\$');
}

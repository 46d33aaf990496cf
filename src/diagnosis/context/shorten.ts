import { tokensOf } from './tokens.ts';

/** What stands for lines that are left out, and what it costs at most. */
const gap = (lines: number): string => `… (${lines} lines left out)`;
const GAP_TOKENS = 10;
/** Share of the room for the beginning, where nothing says what to keep: errors are printed outermost or innermost first. */
const BEGINNING = 0.6;

/**
 * A text of at most so many tokens: whole lines from its beginning and its end, or those around the line `focus` and the
 * first, which says what they are. A line that alone is too long is cut.
 */
export function shorten(text: string, tokens: number, focus: number | null): string {
  if (tokensOf(text) <= tokens) return text;
  const lines = text.split('\n');
  if (lines.length === 1) return cut(text, tokens);
  const kept =
    focus === null ? ends(lines, tokens - GAP_TOKENS) : around(lines, focus, tokens - 2 * GAP_TOKENS);
  if (kept.size === 0) return cut(lines[focus ?? 0] ?? '', tokens);
  const told = withGaps(lines, kept);
  return tokensOf(told) <= tokens ? told : cut(told, tokens);
}

function ends(lines: readonly string[], room: number): ReadonlySet<number> {
  const kept = new Set<number>();
  let left = take(lines.keys(), lines, room * BEGINNING, kept) + room * (1 - BEGINNING);
  left = take([...lines.keys()].toReversed(), lines, left, kept);
  take(lines.keys(), lines, left, kept);
  return kept;
}

function around(lines: readonly string[], focus: number, room: number): ReadonlySet<number> {
  const nearest = [...lines.keys()].toSorted((a, b) => Math.abs(a - focus) - Math.abs(b - focus) || a - b);
  const kept = new Set<number>();
  take([...new Set([focus, 0, ...nearest])], lines, room, kept);
  return kept;
}

/** Keeps lines in this order until one does not fit; answers the room that is left. */
function take(order: Iterable<number>, lines: readonly string[], room: number, kept: Set<number>): number {
  let left = room;
  for (const at of order) {
    if (kept.has(at)) continue;
    const cost = tokensOf(`${lines[at] ?? ''}\n`);
    if (cost > left) break;
    kept.add(at);
    left -= cost;
  }
  return left;
}

function withGaps(lines: readonly string[], kept: ReadonlySet<number>): string {
  const told: string[] = [];
  let missing = 0;
  for (const [at, line] of lines.entries()) {
    if (!kept.has(at)) {
      missing += 1;
      continue;
    }
    if (missing > 0) told.push(gap(missing));
    missing = 0;
    told.push(line);
  }
  return [...told, ...(missing > 0 ? [gap(missing)] : [])].join('\n');
}

/** As much of the beginning as fits. */
function cut(text: string, tokens: number): string {
  const whole = tokensOf(text);
  if (whole <= tokens) return text;
  let length = Math.floor((text.length * Math.max(0, tokens - 1)) / whole);
  while (length > 0 && tokensOf(`${text.slice(0, length)}…`) > tokens) length = Math.floor(length * 0.9);
  return length === 0 ? '' : `${text.slice(0, length)}…`;
}

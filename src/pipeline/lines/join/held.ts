import { parseLine } from '../../formats/detect.ts';
import { withoutColour } from '../../traces/lines.ts';
import { parseTrace } from '../../traces/parse.ts';
import type { Joined, Line } from './line.ts';
import { afterPrefix, sharedEnd } from './prefix.ts';
import { levelOfLine, startOf } from './start.ts';
import { RULES, type Rule, type State, UNSURE } from './steps.ts';
import { isRecord, writerOf } from './writer.ts';

/** Lines that are held together, because they are or may become one trace. */
export interface Held {
  state: State;
  readonly lines: [Line, ...Line[]];
  /** So many of them are surely one trace. */
  sure: number;
  /** What a logger puts before each line of it; null where it does not. */
  prefix: string | null;
  /** Characters of all lines. */
  size: number;
  /** Lines of other writers that have come since its last. */
  strangers: number;
}

const LONGEST_TRACE = 600;
const LARGEST_TRACE = 256 * 1024;

export function hold(line: Line, state: State): Held {
  return {
    state,
    lines: [line],
    sure: UNSURE.has(state) ? 0 : 1,
    prefix: null,
    size: line.text.length,
    strangers: 0,
  };
}

/** Takes a line in when it goes on with what is held. */
export function take(held: Held, line: Line): boolean {
  if (held.lines.length >= LONGEST_TRACE || held.size + line.text.length > LARGEST_TRACE) return false;
  const text = withoutColour(line.text);
  const next = stepOf(held, text, line.receivedAt);
  if (next === null) return false;
  held.lines.push(line);
  held.size += line.text.length;
  held.strangers = 0;
  held.state = next.state;
  if (next.sure && !UNSURE.has(next.state)) held.sure = held.lines.length;
  return true;
}

interface Next {
  readonly state: State;
  readonly sure: boolean;
}

function stepOf(held: Held, text: string, receivedAt: number): Next | null {
  if (held.lines.length === 1) held.prefix = prefixOf(held, text);
  const from = held.prefix === null ? -1 : afterPrefix(held.prefix, text);
  const rest = from === -1 ? text : text.slice(from);
  const rule = RULES[held.state];
  const state = stepIn(rule, rest);
  if (state !== null) return { state, sure: true };
  const isText = held.lines.length - held.sure < rule.text && isFreeText(held, rest, receivedAt);
  return isText ? { state: held.state, sure: false } : null;
}

function stepIn({ any, steps }: Rule, text: string): State | null {
  return any.test(text) ? (steps.find(([when]) => when.test(text))?.[1] ?? null) : null;
}

/** The logger's prefix of the first line, when the second has it too and goes on with a frame behind it. */
function prefixOf({ state, lines: [first] }: Held, text: string): string | null {
  const own = withoutColour(first.text);
  const end = sharedEnd(own, text);
  return end === 0 || stepIn(RULES[state], text.slice(end)) === null
    ? null
    : own.slice(0, sharedEnd(text, own));
}

/**
 * One more line of a message, not a record and not the beginning of another trace. What a logger's line may be followed by
 * is told only where its records have a beginning that we know.
 */
function isFreeText({ state, lines: [first] }: Held, text: string, receivedAt: number): boolean {
  if (isRecord(text) || (state === 'intro' && !isRecord(first.text))) return false;
  return state === 'excerpt' || startOf(text, receivedAt, levelOfLine) === null;
}

/** Is a line a record of another thread, process or request, which tells nothing of the end of what has begun here? */
export function isStranger(held: Held, writer: string | null): boolean {
  if (held.state === 'intro' || writer === null) return false;
  const own = writerOf(held.lines[0].text);
  return own !== null && own !== writer;
}

/**
 * What the held lines are in the end: one trace, and lines by themselves. `byRecord`: the line that ended it begins a record
 * of its own. Where the trace began with one too, the lines between belong to it.
 */
export function released(held: Held, byRecord: boolean): readonly Joined[] {
  const { lines, sure } = held;
  const isWhole = byRecord && sure > 0 && isRecord(lines[0].text);
  const [first, ...rest] = isWhole ? lines : lines.slice(0, sure);
  if (first === undefined) return lines.map(alone);
  const trace = parseTrace([opening(held), ...rest.map((line) => textOf(held, line))]);
  if (trace === null) return lines.map(alone);
  return [{ lines: [first, ...rest], trace }, ...lines.slice(rest.length + 1).map(alone)];
}

/** The first line without what its logger put before the message. */
function opening(held: Held): string {
  const [{ text, receivedAt }] = held.lines;
  if (held.prefix !== null || !isRecord(text)) return textOf(held, held.lines[0]);
  return parseLine(text, receivedAt).message.replace(LEVEL, '');
}

const LEVEL = /^\W{0,3}(?:WARN(?:ING)?|ERROR|SEVERE|FATAL|CRITICAL)\W{1,3}(?=\w)/;

function textOf({ prefix }: Held, { text }: Line): string {
  if (prefix === null) return text;
  const plain = withoutColour(text);
  return plain.slice(Math.max(0, afterPrefix(prefix, plain)));
}

export function alone(line: Line): Joined {
  return { lines: [line], trace: null };
}

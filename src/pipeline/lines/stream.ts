import type { CarriedLine } from '../../domain/event.ts';
import { redactBeginning } from '../../domain/redact.ts';
import type { LineReader } from '../formats/reader.ts';
import { type Observed, traceCarried } from '../observed.ts';
import { writtenAt } from './join/line.ts';
import type { Joined, Line } from './join.ts';
import { lanes } from './lanes.ts';

/** Told of each record once it is whole: the lines it is made of, and how to read them. */
export type Out = (joined: Joined, stream: string, read: (joined: Joined) => Observed) => void;

export interface StreamParts {
  readonly source: string;
  readonly reader: LineReader;
  readonly out: Out;
}

/** One stream of lines: its writers, the time that its lines carried last, and the lines before. */
export interface Stream {
  readonly name: string;
  line(line: Line): void;
  /** Says what has been held for `ms` at `now` (epoch ms); a clock that was set back lets it go too. */
  release(now: number, ms: number): void;
  /** The first line that was read but is not yet an event; null for none. */
  held(): Line | null;
  /** The latest time that a line carried, epoch ms; null before the first. */
  lastTime(): number | null;
  /** The last lines that became records, oldest first; redacted. */
  before(): readonly string[];
}

/** Lines kept for the context of an anomaly, and how much of each. */
const BEFORE = 5;
const LONGEST_BEFORE = 500;

export function createStream(
  name: string,
  parts: StreamParts,
  lastTime: number | null,
  linesBefore: readonly string[],
): Stream {
  const joining = lanes(parts.reader.levelOf);
  const ring = [...linesBefore];
  let next = ring.length % BEFORE;

  const before = (): readonly string[] => {
    const ordered = ring.length < BEFORE ? ring : [...ring.slice(next), ...ring.slice(0, next)];
    return ordered.map((line) => redactBeginning(line, LONGEST_BEFORE));
  };

  const known: Known = { source: parts.source, reader: parts.reader, stream: name, before, last: lastTime };
  const read = (joined: Joined): Observed => observe(joined, known);

  const emit = (joined: Joined): void => {
    try {
      parts.out(joined, name, read);
    } finally {
      const { lines } = joined;
      for (let i = Math.max(0, lines.length - BEFORE); i < lines.length; i += 1) {
        ring[next] = lines[i]?.text ?? '';
        next = (next + 1) % BEFORE;
      }
    }
  };

  return {
    name,
    line: (line) => joining.push(line, emit),
    release: (now, ms) => joining.release(now, ms, emit),
    held: () => joining.held(),
    lastTime: () => known.last,
    before,
  };
}

/** What a stream knows beside the lines. */
interface Known {
  readonly source: string;
  readonly reader: LineReader;
  readonly stream: string;
  readonly before: () => readonly string[];
  /** The latest time that a line of the stream carried. */
  last: number | null;
}

/** On the way of each line: one record is made, and nothing else. */
function observe({ lines, trace }: Joined, known: Known): Observed {
  const { source, stream, before } = known;
  const [first] = lines;
  const { text, offset, receivedAt, carried } = first;
  const said = known.reader.read(text, writtenAt(first));
  const level = said.level ?? carriedLevel(carried);
  const own = trace ?? traceCarried(level, said.fields);
  return {
    source,
    stream,
    offset,
    timestamp: timeOf(said.timestamp, carried, known) ?? receivedAt,
    level: level ?? (own === null ? null : 'error'),
    message: said.message,
    fields: said.fields,
    trace: own,
    labels: carried === null ? NO_LABELS : carried.metadata,
    text: () => textOf(lines),
    before,
  };
}

/** The record's own time, else its carrier's; else that of the line before it. */
function timeOf(own: number | null, carried: CarriedLine | null, known: Known): number | null {
  const time = own ?? (carried === null ? null : carried.timestamp);
  if (time !== null) known.last = time;
  return known.last;
}

const NO_LABELS = {};

function carriedLevel(carried: CarriedLine | null): CarriedLine['level'] {
  return carried === null ? null : carried.level;
}

export function textOf(lines: readonly Line[]): string {
  return lines.map((line) => line.text).join('\n');
}

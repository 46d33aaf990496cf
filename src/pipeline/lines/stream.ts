import type { CarriedLine } from '../../domain/event.ts';
import { redactBeginning } from '../../domain/redact.ts';
import type { LineReader } from '../formats/reader.ts';
import { type Observed, traceCarried } from '../observed.ts';
import { type Joined, type Joiner, joiner, type Line } from './join.ts';

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
  readonly lastTime: number | null;
  /** The last lines that became records, oldest first; redacted. */
  before(): readonly string[];
}

const MOST_LANES = 64;
/** Lines kept for the context of an anomaly, and how much of each. */
const BEFORE = 5;
const LONGEST_BEFORE = 500;

export function createStream(
  name: string,
  parts: StreamParts,
  lastTime: number | null,
  linesBefore: readonly string[],
): Stream {
  const own = joiner();
  /** One a writer; the stream's own lines are in `''`. */
  const lanes = new Map([['', own]]);
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
    line: (line) => laneOf(lanes, line.carried).push(line, emit),
    release(now, ms) {
      for (const lane of lanes.values()) {
        const waiting = lane.waitingSince();
        if (waiting !== null && Math.abs(now - waiting) >= ms) lane.flush(emit);
      }
    },
    held: () => firstHeld(lanes),
    get lastTime() {
      return known.last;
    },
    before,
  };
}

function laneOf(lanes: Map<string, Joiner>, carried: CarriedLine | null): Joiner {
  const name = carried?.lane ?? '';
  const known = lanes.get(name);
  if (known !== undefined) return known;
  if (lanes.size >= MOST_LANES) forgetIdle(lanes);
  const lane = joiner();
  // Too many at once: what is one too many shares the stream's own.
  if (lanes.size >= MOST_LANES) return lanes.get('') ?? lane;
  lanes.set(name, lane);
  return lane;
}

function forgetIdle(lanes: Map<string, Joiner>): void {
  for (const [name, lane] of lanes) if (name !== '' && lane.held() === null) lanes.delete(name);
}

function firstHeld(lanes: ReadonlyMap<string, Joiner>): Line | null {
  let first: Line | null = null;
  for (const lane of lanes.values()) {
    const held = lane.held();
    if (held !== null && (first === null || held.offset < first.offset)) first = held;
  }
  return first;
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
  const [{ text, offset, receivedAt, carried }] = lines;
  const said = known.reader.read(text, carried?.timestamp ?? receivedAt);
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

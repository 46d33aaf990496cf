import type { CarriedLine, SourceRecord } from '../domain/event.ts';
import { redact } from '../domain/redact.ts';
import { parseLine } from './formats/detect.ts';
import { type Joined, type Joiner, joiner, type Line } from './join.ts';
import { type Observed, traceCarried } from './observed.ts';

/** Records of one stream in order; structurally the sources' batch. `offsets[i]` is where `records[i]` begins. */
export interface RecordBatch {
  readonly stream: string;
  readonly records: readonly SourceRecord[];
  readonly offsets: readonly number[];
  readonly marks: readonly (string | null)[] | null;
  /** Epoch ms: the time of lines that carry none. */
  readonly receivedAt: number;
}

/** A place to go on from. */
export interface Held {
  readonly offset: number;
  /** Null: the mark of the batch it came in serves. */
  readonly mark: string | null;
}

/** Joins the lines of a source's streams and reads each in its format. */
export interface Streams {
  /** Takes in one line of a stream. What it completes is said through `out`. */
  line(stream: string, line: Line, out: Out): void;
  /** Says what was held for longer than a second. */
  advance(now: number, out: Out): void;
  /** The first line of the stream that was read but is not yet an event; null for none. */
  held(stream: string): Held | null;
  snapshot(): readonly SavedStream[];
  restore(saved: readonly SavedStream[]): void;
}

/** Told of each record once it is whole: where it began, and how it reads. */
export type Out = (of: Joined, stream: string, observe: () => Observed) => void;

export type SavedStream = readonly [stream: string, lastTime: number | null, before: readonly string[]];

interface Stream {
  readonly name: string;
  /** One a writer; the stream's own lines are in `''`. */
  readonly lanes: Map<string, Joiner>;
  readonly own: Joiner;
  /** Latest timestamp that a line of it carried. */
  lastTime: number | null;
  /** Ring of the last lines that became records. */
  readonly before: string[];
  next: number;
}

const MOST_STREAMS = 64;
const MOST_LANES = 64;
/** Lines kept for the context of an anomaly, and how much of each. */
const BEFORE = 5;
const LONGEST_BEFORE = 500;
const PATIENCE_MS = 1000;

export function streams(source: string): Streams {
  const known = new Map<string, Stream>();
  let last: Stream | null = null;

  function get(name: string): Stream {
    if (last !== null && last.name === name) return last;
    let stream = known.get(name);
    if (stream === undefined) {
      if (known.size >= MOST_STREAMS) forgetIdle(known);
      stream = createStream(name, null, []);
      known.set(name, stream);
    }
    last = stream;
    return stream;
  }

  function say(stream: Stream, out: Out) {
    return (joined: Joined) => {
      try {
        out(joined, stream.name, () => observe(source, stream, joined));
      } finally {
        const { lines } = joined;
        for (let i = Math.max(0, lines.length - BEFORE); i < lines.length; i += 1) {
          remember(stream, lines[i]?.text ?? '');
        }
      }
    };
  }

  return {
    line(name, line, out) {
      const stream = get(name);
      laneOf(stream, line.carried).push(line, say(stream, out));
    },
    advance(now, out) {
      for (const stream of known.values()) {
        for (const lane of stream.lanes.values()) {
          const since = lane.waitingSince();
          // A clock that was set back must not keep a line waiting until that time comes again.
          if (since !== null && Math.abs(now - since) >= PATIENCE_MS) lane.flush(say(stream, out));
        }
      }
    },
    held(name) {
      const stream = known.get(name);
      return stream === undefined ? null : firstHeld(stream);
    },
    snapshot: () =>
      [...known.values()].map((one) => [one.name, one.lastTime, linesBefore(one).map(redact)] as const),
    restore(saved) {
      known.clear();
      last = null;
      for (const [name, lastTime, before] of saved) known.set(name, createStream(name, lastTime, before));
    },
  };
}

function createStream(name: string, lastTime: number | null, before: readonly string[]): Stream {
  const own = joiner();
  return {
    name,
    lanes: new Map([['', own]]),
    own,
    lastTime,
    before: [...before],
    next: before.length % BEFORE,
  };
}

function laneOf(stream: Stream, carried: CarriedLine | null): Joiner {
  const name = carried?.lane ?? null;
  if (name === null) return stream.own;
  const known = stream.lanes.get(name);
  if (known !== undefined) return known;
  if (stream.lanes.size >= MOST_LANES) forgetIdleLanes(stream);
  if (stream.lanes.size >= MOST_LANES) return stream.own;
  const created = joiner();
  stream.lanes.set(name, created);
  return created;
}

function firstHeld({ lanes }: Stream): Held | null {
  let first: Held | null = null;
  for (const lane of lanes.values()) {
    const held = lane.held();
    if (held !== null && (first === null || held.offset < first.offset)) first = held;
  }
  return first;
}

/** Drops the oldest stream that holds nothing. */
function forgetIdle(known: Map<string, Stream>): void {
  for (const [name, stream] of known) {
    if (firstHeld(stream) !== null) continue;
    known.delete(name);
    return;
  }
}

function forgetIdleLanes({ lanes, own }: Stream): void {
  for (const [name, lane] of lanes) if (lane !== own && lane.held() === null) lanes.delete(name);
}

function observe(source: string, stream: Stream, { lines, trace }: Joined): Observed {
  const [first] = lines;
  const { carried } = first;
  const record = parseLine(first.text, first.receivedAt);
  const timestamp = record.timestamp ?? carried?.timestamp ?? null;
  if (timestamp !== null) stream.lastTime = timestamp;
  const level = record.level ?? carried?.level ?? null;
  const own = trace ?? traceCarried(level, record.fields);
  return {
    source,
    stream: stream.name,
    offset: first.offset,
    timestamp: timestamp ?? stream.lastTime ?? first.receivedAt,
    level: level ?? (own === null ? null : 'error'),
    message: record.message,
    fields: record.fields,
    trace: own,
    labels: carried === null ? NO_LABELS : carried.metadata,
    text: () => textOf(lines),
    before: () => linesBefore(stream),
  };
}

const NO_LABELS = {};

export function textOf(lines: readonly Line[]): string {
  return lines.map((line) => line.text).join('\n');
}

function remember(stream: Stream, line: string): void {
  stream.before[stream.next] = line;
  stream.next = (stream.next + 1) % BEFORE;
}

/** Oldest first. */
function linesBefore({ before, next }: Stream): readonly string[] {
  const ordered = before.length < BEFORE ? before : [...before.slice(next), ...before.slice(0, next)];
  return ordered.map((line) => line.slice(0, LONGEST_BEFORE));
}

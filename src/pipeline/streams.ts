import { redact } from '../domain/redact.ts';
import type { Observed } from './facts.ts';
import { parseLine } from './formats/detect.ts';
import { type Joined, type Joiner, joiner, type Line } from './join.ts';
import { traceInFields } from './traces/parse.ts';

/** Lines of one stream in order; structurally the sources' batch. `offsets[i]` is where `lines[i]` begins. */
export interface LineBatch {
  readonly stream: string;
  readonly lines: readonly string[];
  readonly offsets: readonly number[];
  /** Epoch ms: the time of lines that carry none. */
  readonly receivedAt: number;
}

/** Turns the lines of a source's streams into records. */
export interface Streams {
  read(batch: LineBatch, out: (observed: Observed) => void): void;
  /** Says what was held for longer than a second. */
  advance(now: number, out: (observed: Observed) => void): void;
  held(stream: string): number | null;
  snapshot(): readonly SavedStream[];
  restore(saved: readonly SavedStream[]): void;
}

export type SavedStream = readonly [stream: string, lastTime: number | null, before: readonly string[]];

interface Stream {
  readonly joiner: Joiner;
  /** Latest timestamp that a line of it carried. */
  lastTime: number | null;
  /** Ring of the last lines that became records. */
  readonly before: string[];
  next: number;
}

const MOST_STREAMS = 64;
/** Lines kept for the context of an anomaly, and how much of each. */
const BEFORE = 5;
const LONGEST_BEFORE = 500;
const PATIENCE_MS = 1000;

export function streams(source: string): Streams {
  const known = new Map<string, Stream>();

  function get(name: string): Stream {
    const stream = known.get(name) ?? { joiner: joiner(), lastTime: null, before: [], next: 0 };
    if (!known.has(name) && known.size >= MOST_STREAMS) forgetIdle(known);
    known.set(name, stream);
    return stream;
  }

  function say(name: string, stream: Stream, out: (observed: Observed) => void) {
    return (joined: Joined) => {
      out(observe(source, name, stream, joined));
      for (const line of joined.lines.slice(-BEFORE)) remember(stream, line.text);
    };
  }

  return {
    read({ stream: name, lines, offsets, receivedAt }, out) {
      const stream = get(name);
      const emit = say(name, stream, out);
      for (let i = 0; i < lines.length; i += 1) {
        stream.joiner.push({ text: lines[i] ?? '', offset: offsets[i] ?? 0, receivedAt }, emit);
      }
    },
    advance(now, out) {
      for (const [name, stream] of known) {
        const since = stream.joiner.waitingSince();
        if (since !== null && now - since >= PATIENCE_MS) stream.joiner.flush(say(name, stream, out));
      }
    },
    held: (name) => known.get(name)?.joiner.held()?.offset ?? null,
    snapshot: () =>
      [...known].map(([name, stream]) => [name, stream.lastTime, linesBefore(stream).map(redact)]),
    restore(saved) {
      known.clear();
      for (const [name, lastTime, before] of saved) {
        known.set(name, { joiner: joiner(), lastTime, before: [...before], next: before.length % BEFORE });
      }
    },
  };
}

/** Drops the oldest stream that holds nothing. */
function forgetIdle(known: Map<string, Stream>): void {
  for (const [name, stream] of known) {
    if (stream.joiner.held() !== null) continue;
    known.delete(name);
    return;
  }
}

function observe(source: string, name: string, stream: Stream, { lines, trace }: Joined): Observed {
  const [first] = lines;
  const record = parseLine(first.text, first.receivedAt);
  if (record.timestamp !== null) stream.lastTime = record.timestamp;
  const calm = record.level === 'info' || record.level === 'debug' || record.level === 'trace';
  const own = trace ?? (record.fields === null || calm ? null : traceInFields(record.fields));
  return {
    source,
    stream: name,
    offset: first.offset,
    timestamp: record.timestamp ?? stream.lastTime ?? first.receivedAt,
    level: record.level ?? (own === null ? null : 'error'),
    message: record.message,
    fields: record.fields,
    trace: own,
    labels: {},
    text: () => textOf(lines),
    before: () => linesBefore(stream),
  };
}

function textOf(lines: readonly Line[]): string {
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

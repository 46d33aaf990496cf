import type { Line } from './join.ts';
import { createStream, type Stream, type StreamParts } from './stream.ts';

/** A place to go on from. */
export interface Held {
  readonly offset: number;
  /** Null: the mark of the batch it came in serves. */
  readonly mark: string | null;
}

/** Joins the lines of a source's streams and reads each in its format. */
export interface Streams {
  /** Takes in one line of a stream; a carrier's wrapping is taken off first. */
  line(stream: string, line: Line): void;
  /** Says what was held for longer than a second. */
  advance(now: number): void;
  /** The first line of the stream that was read but is not yet an event; null for none. */
  held(stream: string): Held | null;
  snapshot(): readonly SavedStream[];
  restore(saved: readonly SavedStream[]): void;
}

export type SavedStream = readonly [stream: string, lastTime: number | null, before: readonly string[]];

const MOST_STREAMS = 64;
const PATIENCE_MS = 1000;

export function streams(parts: StreamParts): Streams {
  const { reader } = parts;
  const known = new Map<string, Stream>();
  let last: Stream | null = null;

  function get(name: string): Stream {
    if (last !== null && last.name === name) return last;
    let stream = known.get(name);
    if (stream === undefined) {
      if (known.size >= MOST_STREAMS) forgetIdle(known);
      stream = createStream(name, parts, null, []);
      known.set(name, stream);
    }
    last = stream;
    return stream;
  }

  return {
    line(name, line) {
      const stream = get(name);
      if (line.carried !== null) return stream.line(line);
      const { text, offset, mark, receivedAt } = line;
      const carried = reader.unwrap(text, receivedAt);
      stream.line(carried === null ? line : { text: carried.text, offset, mark, receivedAt, carried });
    },
    advance(now) {
      for (const stream of known.values()) stream.release(now, PATIENCE_MS);
    },
    held: (name) => known.get(name)?.held() ?? null,
    snapshot: () => [...known.values()].map((one) => [one.name, one.lastTime(), one.before()] as const),
    restore(saved) {
      known.clear();
      last = null;
      for (const [name, lastTime, before] of saved) {
        known.set(name, createStream(name, parts, lastTime, before));
      }
    },
  };
}

/** Drops the oldest stream that holds nothing. */
function forgetIdle(known: Map<string, Stream>): void {
  for (const [name, stream] of known) {
    if (stream.held() !== null) continue;
    known.delete(name);
    return;
  }
}

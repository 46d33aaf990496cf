import { access, type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { SourceRecord } from '../../../domain/event.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Batch, Cursor, Source, SourceHealth } from '../../../ports/source.ts';
import { type LineSplitter, lineSplitter, type Portion, portions } from '../file/bytes/split-lines.ts';
import { recordIn } from './frame.ts';
import { dropBefore, endMarkerOf, segmentsOf } from './segments.ts';
import type { Sign } from './sign.ts';

export interface JournalOptions {
  readonly name: string;
  readonly folder: string;
  /** `text`: lines of a command, ended by a marker. `frames`: records of a receiver, which never end. */
  readonly form: 'text' | 'frames';
  /** Bytes from here on are not to be read yet, since they may not be durable. */
  limit(): number;
}

const CHUNK_BYTES = 256 * 1024;
/** How long to wait without a sign. */
const POLL_MS = 500;

/** A journal from where it was left, segment by segment; what is saved behind the reader is deleted. */
export function journalSource(options: JournalOptions, clock: Clock, sign: Sign): Source {
  const { name, folder } = options;
  const stream = basename(folder);
  let state: SourceHealth['state'] = 'waiting';
  let damaged = 0;
  let reader: Reader | null = null;
  return {
    name,
    async *read(from, signal) {
      const offset = from.find((cursor) => cursor.stream === stream)?.offset ?? 0;
      reader = createReader(options, offset);
      const run: Run = {
        stream,
        form: options.form,
        clock,
        sign,
        signal,
        reader,
        mood: (now) => (state = now),
        damage: (count) => (damaged += count),
      };
      try {
        for (const cursor of from) if (isEarlier(cursor.stream, stream)) yield goneOf(cursor, clock.now());
        yield* readOn(run, endMarkerOf(folder));
      } finally {
        state = 'ended';
        sign.close();
        await reader.close();
      }
    },
    health: () => ({
      state,
      lagBytes: reader === null ? 0 : Math.max(0, reader.known() - reader.given()),
      streams: 1,
      dropped: damaged,
      lastError: damaged === 0 ? null : `${damaged} damaged records in its journal were skipped`,
    }),
    saved(cursors) {
      const offset = cursors.find((cursor) => cursor.stream === stream)?.offset;
      if (offset !== undefined) dropBefore(folder, offset).catch(() => undefined); // tried again after the next commit
    },
  };
}

interface Run {
  readonly stream: string;
  readonly form: JournalOptions['form'];
  readonly clock: Clock;
  readonly sign: Sign;
  readonly signal: AbortSignal;
  readonly reader: Reader;
  mood(state: SourceHealth['state']): void;
  damage(count: number): void;
}

async function* readOn(run: Run, endMarker: string): AsyncGenerator<Batch> {
  const { form, sign, signal, reader } = run;
  while (!signal.aborted) {
    const over = form === 'text' && (await exists(endMarker));
    for (let found = await reader.next(); found !== null; found = await reader.next()) {
      run.mood('reading');
      yield batchOf(run, found, false);
      if (signal.aborted) return;
    }
    run.mood('idle');
    if (over) {
      yield batchOf(run, reader.rest(), true);
      return;
    }
    await sign.next(POLL_MS, signal);
  }
}

function batchOf(run: Run, { lines, offsets, end }: Portion, ended: boolean): Batch {
  const { stream, form, clock } = run;
  const cursor = { stream, offset: end, mark: null };
  const read = form === 'text' ? { records: lines, offsets } : decode(run, lines, offsets);
  return { stream, ...read, marks: null, mark: null, cursor, receivedAt: clock.now(), ended };
}

function decode(run: Run, lines: readonly string[], offsets: readonly number[]) {
  const records: SourceRecord[] = [];
  const places: number[] = [];
  for (const [i, line] of lines.entries()) {
    const record = recordIn(line);
    if (record === null) {
      run.damage(1);
      continue;
    }
    records.push(record);
    places.push(offsets[i] ?? 0);
  }
  return { records, offsets: places };
}

/** Is it of a journal before ours? The inbox of another kind that has the same name may be there still. */
function isEarlier(stream: string, ours: string): boolean {
  const inbox = (name: string): string | undefined => /^(.*-inbox)\.\d+$/.exec(name)?.[1];
  const other = inbox(stream);
  return stream !== ours && (other === undefined || other === inbox(ours));
}

/** The stream of a journal that is not there any more. */
function goneOf(cursor: Cursor, now: number): Batch {
  const { stream, mark } = cursor;
  return { stream, mark, records: [], offsets: [], marks: null, cursor, receivedAt: now, ended: true };
}

interface Reader {
  /** The next lines, or null when there is nothing new. */
  next(): Promise<Portion | null>;
  /** The last line, which has no line end. */
  rest(): Portion;
  given(): number;
  /** Byte after what is known to be there. */
  known(): number;
  close(): Promise<void>;
}

function createReader({ folder, form, limit }: JournalOptions, from: number): Reader {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  // Segments that somebody deleted are begun anew: waiting until they reach the cursor would lose what comes until then.
  const offset = Math.min(from, limit());
  let splitter = splitterOf(form, offset);
  let position = offset;
  let given = offset;
  let known = offset;
  let open: Opened | null = null;
  let waiting: Portion[] = [];

  async function readOn(): Promise<boolean> {
    open ??= await openAt(folder, position);
    if (open === null) return false;
    if (open.base > position) {
      // What lay before was deleted by somebody else: there is nothing to read it from.
      position = open.base;
      given = open.base;
      splitter = splitterOf(form, position);
    }
    const { file, base } = open;
    const length = Math.min(CHUNK_BYTES, limit() - position);
    const { bytesRead } = length <= 0 ? NOTHING : await file.read(chunk, 0, length, position - base);
    position += bytesRead;
    known = base + (await file.stat()).size;
    if (bytesRead === 0) return goOn(base);
    waiting = portions(splitter.push(chunk.subarray(0, bytesRead)), splitter.offset());
    return true;
  }

  /** A segment that is read out and has a successor is left. */
  async function goOn(base: number): Promise<boolean> {
    const next = (await segmentsOf(folder)).find((one) => one.base === position && one.base !== base);
    if (next === undefined) return false;
    await open?.file.close();
    open = await openAt(folder, position);
    return open !== null;
  }

  return {
    async next() {
      while (waiting.length === 0) if (!(await readOn())) return null;
      const portion = waiting.shift();
      given = portion?.end ?? given;
      return portion ?? null;
    },
    rest() {
      const last = { ...splitter.flush(), end: splitter.offset() };
      given = last.end;
      return last;
    },
    given: () => given,
    known: () => known,
    close: async () => open?.file.close(),
  };
}

const NOTHING = { bytesRead: 0 };

/** A frame that was accepted is read whole, whatever its length. */
function splitterOf(form: JournalOptions['form'], offset: number): LineSplitter {
  return form === 'text' ? lineSplitter(offset) : lineSplitter(offset, 'utf8', Number.POSITIVE_INFINITY);
}

interface Opened {
  readonly file: FileHandle;
  readonly base: number;
}

/** The segment that holds byte `offset`, or would if it were written; null when there is none yet. */
async function openAt(folder: string, offset: number): Promise<Opened | null> {
  const segments = await segmentsOf(folder);
  const found = segments.findLast(({ base }) => base <= offset) ?? segments[0];
  if (found === undefined) return null;
  const file = await open(found.path, 'r').catch(() => null); // deleted at this moment: looked for again
  return file === null ? null : { file, base: found.base };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

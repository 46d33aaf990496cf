import { access } from 'node:fs/promises';
import type { Clock } from '../../../ports/clock.ts';
import type { Batch, Cursor, Source, SourceHealth } from '../../../ports/source.ts';
import { type OpenFiles, openFiles } from './open-files.ts';
import { type Pattern, patternsOf } from './patterns.ts';
import type { Tail } from './tail.ts';
import { takeUp } from './take-up.ts';
import { type Wake, watchPatterns } from './wake.ts';

export interface FileSourceOptions {
  readonly name: string;
  /** Files or globs, relative to `root`. */
  readonly paths: readonly string[];
  readonly root: string;
  /** A file whose existence says that nothing more will be written (journals); null for none. */
  readonly endMarker: string | null;
}

/** How long to sleep without a sign from the file system (some, such as NFS, never give one). */
const POLL_MS = 500;
/** How long to sleep while lines come: many small writes are read together. */
const BREATH_MS = 20;
/** New and renamed files are looked for at most so often. */
const LOOK_MS = 250;
/** How long a renamed or deleted file is still read: its writer may hold it open until it is told to reopen. */
const LINGER_MS = 5_000;
/** Batches that one file may bring before the next one has its turn: about 4 MiB. */
const TURN = 16;

/** Log files: they may appear later, be renamed, truncated or replaced, and are read on from where they stood. */
export function fileSource(options: FileSourceOptions, clock: Clock): Source {
  const patterns = patternsOf(options.paths, options.root);
  let health = (): SourceHealth => ({
    state: 'waiting',
    lagBytes: 0,
    streams: 0,
    dropped: 0,
    lastError: null,
  });
  return {
    name: options.name,
    read(from, signal) {
      const files = openFiles(patterns, from);
      health = () => files.health();
      return readFiles({ endMarker: options.endMarker, patterns, clock, signal, files }, from);
    },
    health: () => health(),
  };
}

interface Run {
  readonly endMarker: string | null;
  readonly patterns: readonly Pattern[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly files: OpenFiles;
}

async function* readFiles(run: Run, from: readonly Cursor[]): AsyncGenerator<Batch> {
  const { clock, signal, files, patterns } = run;
  const watch = watchPatterns(patterns);
  try {
    yield* takenUp(run, from);
    let looked = clock.now();
    while (!signal.aborted) {
      const over = await exists(run.endMarker);
      if (over || apart(clock.now(), looked) >= LOOK_MS) {
        await files.look();
        looked = clock.now();
      }
      const rest = yield* round(run, over);
      await files.note(rest !== 'nothing');
      if (over && files.tails().length === 0) return;
      await pause(rest, watch, run);
    }
  } finally {
    await watch.close();
    await files.closeAll();
  }
}

/** What an earlier run has left: files renamed since are read out, streams without a file are said to have ended. */
async function* takenUp({ files, patterns, clock }: Run, from: readonly Cursor[]): AsyncGenerator<Batch> {
  const { renamed, lost } = await takeUp(from, patterns);
  await files.look();
  for (const tail of renamed) files.adopt(tail, clock.now());
  for (const cursor of lost) {
    const { stream, mark } = cursor;
    if (files.isOpen(stream)) continue;
    yield {
      stream,
      mark,
      records: [],
      offsets: [],
      marks: null,
      cursor,
      receivedAt: clock.now(),
      ended: true,
    };
  }
}

type Rest = 'nothing' | 'some' | 'more';

/** One turn for each file. Answers how much there was. */
async function* round(run: Run, over: boolean): AsyncGenerator<Batch, Rest> {
  let rest: Rest = 'nothing';
  for (const tail of run.files.tails()) {
    const read = yield* turn(tail, run, over);
    if (read === TURN) rest = 'more';
    else if (read > 0 && rest === 'nothing') rest = 'some';
    if (run.signal.aborted) break;
  }
  return rest;
}

async function pause(rest: Rest, watch: Wake, { clock, signal }: Run): Promise<void> {
  if (rest === 'more' || signal.aborted) return;
  if (rest === 'some') await clock.sleep(BREATH_MS, signal);
  else await watch.next(clock, POLL_MS, signal);
}

/** Up to `TURN` batches of one file; its end, when it is gone for good. Answers how many batches of lines there were. */
async function* turn(tail: Tail, run: Run, over: boolean): AsyncGenerator<Batch, number> {
  const { clock, files, signal } = run;
  const fate = await tail.fate().catch((error: unknown) => files.fail(tail, error));
  if (fate === undefined) return 0;
  const read = fate === 'rewritten' ? 0 : yield* someOf(tail, run);
  if (read === TURN || signal.aborted || !files.tails().includes(tail)) return read;
  const now = clock.now();
  const left = fate === 'replaced' && apart(now, files.leave(tail, now, read > 0)) > LINGER_MS;
  if (!over && fate !== 'rewritten' && !left) return read;
  await files.drop(tail);
  // Rewritten with the same beginning (a banner, say) it is the same stream, from its start: that has not ended.
  if (fate === 'rewritten') await files.look();
  yield { ...tail.end(now), ended: !files.isOpen(tail.stream) };
  return read;
}

async function* someOf(tail: Tail, { clock, files, signal }: Run): AsyncGenerator<Batch, number> {
  let read = 0;
  for (; read < TURN && !signal.aborted; read += 1) {
    const batch = await tail.next(clock.now()).catch((error: unknown) => files.fail(tail, error));
    if (batch === undefined || batch === null) break;
    yield batch;
  }
  return read;
}

/** A clock that was set back must not stop anything. */
function apart(a: number, b: number): number {
  return Math.abs(a - b);
}

async function exists(path: string | null): Promise<boolean> {
  if (path === null) return false;
  return access(path).then(
    () => true,
    () => false,
  );
}

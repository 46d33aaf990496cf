import { access } from 'node:fs/promises';
import type { Clock } from '../../../ports/clock.ts';
import type { Batch, Cursor, Source } from '../../../ports/source.ts';
import { siblings } from './discover.ts';
import { markOf } from './mark.ts';
import { type OpenFiles, openFiles } from './open-files.ts';
import { openTail, type Tail } from './tail.ts';
import { watchFolders } from './wake.ts';

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
/** How long a renamed or deleted file is still read: its writer may hold it open until it is told to reopen. */
const LINGER_MS = 5_000;

/** Log files: they may appear later, be renamed, truncated or replaced, and are read on from where they stood. */
export function fileSource(options: FileSourceOptions, clock: Clock): Source {
  const files = openFiles(options);
  return {
    name: options.name,
    read: (from, signal) => readFiles({ options, clock, signal, files }, from),
    health: () => files.health(),
  };
}

interface Run {
  readonly options: FileSourceOptions;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly files: OpenFiles;
}

async function* readFiles(run: Run, from: readonly Cursor[]): AsyncGenerator<Batch> {
  const { options, clock, signal, files } = run;
  const watch = watchFolders(options.paths, options.root);
  try {
    yield* finishRenamed(run, from);
    files.know(from);
    while (!signal.aborted) {
      let progressed = false;
      for await (const batch of once(run)) {
        progressed = true;
        yield batch;
      }
      await files.note(progressed);
      if (progressed || signal.aborted) continue;
      if (files.tails().length === 0 && (await exists(options.endMarker))) return;
      await watch.next(clock, POLL_MS, signal);
    }
  } finally {
    await watch.close();
    await files.closeAll();
  }
}

/** One round over all files: all there is in each now. */
async function* once(run: Run): AsyncGenerator<Batch> {
  await run.files.look();
  for (const tail of run.files.tails()) {
    for await (const batch of drain(tail, run)) {
      yield batch;
      if (run.signal.aborted) return;
    }
  }
}

async function* drain(tail: Tail, { options, clock, files }: Run): AsyncGenerator<Batch> {
  const over = await exists(options.endMarker);
  const fate = await tail.fate();
  let read = 0;
  if (fate !== 'rewritten') {
    for (let batch = await tail.next(clock.now()); batch !== null; batch = await tail.next(clock.now())) {
      read += 1;
      yield batch;
    }
  }
  const now = clock.now();
  const gone =
    fate === 'rewritten' || (fate === 'replaced' && now - files.leaving(tail, now, read > 0) > LINGER_MS);
  if (!over && !gone) return;
  await files.drop(tail);
  yield tail.end(clock.now());
}

/** Files that were renamed while nobody read them: found by identity beside the old name, and read to their end. */
async function* finishRenamed(run: Run, from: readonly Cursor[]): AsyncGenerator<Batch> {
  for (const cursor of from) {
    const path = markOf(cursor)?.path;
    if (path === undefined || (await isStream(path, cursor))) continue;
    for (const other of await siblings(path)) {
      if (await isStream(other, cursor)) yield* toItsEnd(other, cursor, run);
    }
  }
}

async function isStream(path: string, cursor: Cursor): Promise<boolean> {
  const opened = await openTail(path, [cursor]);
  if (opened.state !== 'open') return false;
  await opened.tail.close();
  return opened.tail.stream === cursor.stream;
}

async function* toItsEnd(path: string, cursor: Cursor, { clock }: Run): AsyncGenerator<Batch> {
  const opened = await openTail(path, [cursor]);
  if (opened.state !== 'open') return;
  const { tail } = opened;
  for (let batch = await tail.next(clock.now()); batch !== null; batch = await tail.next(clock.now()))
    yield batch;
  await tail.close();
  yield tail.end(clock.now());
}

async function exists(path: string | null): Promise<boolean> {
  if (path === null) return false;
  return access(path).then(
    () => true,
    () => false,
  );
}

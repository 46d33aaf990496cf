import type { Cursor, SourceHealth } from '../../../ports/source.ts';
import { discover } from './discover.ts';
import type { Pattern } from './patterns.ts';
import { type Opened, openTail, reasonOf, type Tail } from './tail.ts';

/** The files of one source that are open now. */
export interface OpenFiles {
  /** Opens what has appeared, and finds again what was renamed to a name that the patterns know too. */
  look(): Promise<void>;
  tails(): readonly Tail[];
  isOpen(stream: string): boolean;
  /** Takes in a file by another name than its own: it is read out and not followed. */
  adopt(tail: Tail, now: number): void;
  /** Its name belongs to another file, or to nobody. Since when it has brought nothing, epoch ms. */
  leave(tail: Tail, now: number, fresh: boolean): number;
  /** It is finished: forgotten. */
  drop(tail: Tail): Promise<void>;
  /** It cannot be read now: closed, and opened again where it stood by a later look. */
  fail(tail: Tail, error: unknown): Promise<void>;
  note(progressed: boolean): Promise<void>;
  health(): SourceHealth;
  closeAll(): Promise<void>;
}

interface Room {
  readonly patterns: readonly Pattern[];
  readonly open: Map<string, Tail>;
  readonly leaving: Map<Tail, number>;
  /** Cursors of files that are not open. */
  readonly known: Map<string, Cursor>;
  /** By path. */
  readonly errors: Map<string, string>;
}

export function openFiles(patterns: readonly Pattern[], from: readonly Cursor[]): OpenFiles {
  const known = new Map(from.map((cursor) => [cursor.stream, cursor]));
  const room: Room = { patterns, open: new Map(), leaving: new Map(), known, errors: new Map() };
  const { open, leaving, errors } = room;
  let state: SourceHealth['state'] = 'waiting';
  let lagBytes = 0;

  const forget = async (tail: Tail): Promise<void> => {
    open.delete(tail.stream);
    leaving.delete(tail);
    await tail.close();
  };
  return {
    look: () => lookAtAll(room),
    tails: () => [...open.values()],
    isOpen: (stream) => open.has(stream),
    adopt(tail, now) {
      open.set(tail.stream, tail);
      leaving.set(tail, now);
    },
    leave(tail, now, fresh) {
      const since = fresh ? now : (leaving.get(tail) ?? now);
      leaving.set(tail, since);
      return since;
    },
    async drop(tail) {
      known.delete(tail.stream);
      await forget(tail);
    },
    async fail(tail, error) {
      known.set(tail.stream, tail.cursor());
      errors.set(tail.path(), `${tail.path()} cannot be read: ${reasonOf(error)}`);
      await forget(tail).catch(() => undefined); // the same disease
    },
    async note(progressed) {
      state = progressed ? 'reading' : open.size > 0 ? 'idle' : 'waiting';
      lagBytes = await sumOfLags(open.values());
    },
    health() {
      const lastError = errors.values().next().value ?? null;
      const failing = lastError !== null && open.size === 0 && state !== 'ended';
      return { state: failing ? 'failing' : state, lagBytes, streams: open.size, dropped: 0, lastError };
    },
    async closeAll() {
      await Promise.all([...open.values()].map(forget));
      state = 'ended';
    },
  };
}

async function lookAtAll(room: Room): Promise<void> {
  const paths = await discover(room.patterns);
  for (const path of room.errors.keys()) if (!paths.includes(path)) room.errors.delete(path);
  for (const path of paths) await lookAt(path, room);
}

async function lookAt(path: string, { open, leaving, known, errors, patterns }: Room): Promise<void> {
  if ([...open.values()].some((tail) => tail.path() === path && !leaving.has(tail))) return;
  const opened = await openTail(path, [
    ...[...open.values()].map((tail) => tail.cursor()),
    ...known.values(),
  ]);
  const problem = problemOf(path, opened);
  const named = patterns.some((pattern) => pattern.path === path);
  if (problem === null || (opened.state === 'folder' && !named)) errors.delete(path);
  else errors.set(path, problem);
  if (opened.state !== 'open') return;
  const { tail } = opened;
  const before = open.get(tail.stream);
  if (before === undefined) {
    known.delete(tail.stream);
    open.set(tail.stream, tail);
    return;
  }
  await tail.close();
  if (leaving.delete(before)) before.rename(path);
}

function problemOf(path: string, opened: Opened): string | null {
  switch (opened.state) {
    case 'unreadable':
      return `${path} cannot be read: ${opened.reason}`;
    case 'folder':
      return `${path} is a folder: name a file in it, or ${path}/*.log`;
    case 'binary':
      return `${path} is binary and is not read`;
    case 'open':
    case 'empty':
    case 'missing':
      return null;
  }
}

async function sumOfLags(tails: Iterable<Tail>): Promise<number> {
  const lags = await Promise.all([...tails].map((tail) => tail.lagBytes().catch(() => 0)));
  return lags.reduce((sum, lag) => sum + lag, 0);
}

import type { Cursor, SourceHealth } from '../../../ports/source.ts';
import { discover } from './discover.ts';
import { openTail, type Tail } from './tail.ts';

/** The files of one source that are open now. */
export interface OpenFiles {
  /** Cursors to go on from when their files are opened. */
  know(cursors: readonly Cursor[]): void;
  /** Opens what has appeared. */
  look(): Promise<void>;
  tails(): readonly Tail[];
  /** Its name belongs to another file, or to none, and may be opened anew. Answers since when nothing came (`fresh`). */
  leaving(tail: Tail, now: number, fresh: boolean): number;
  drop(tail: Tail): Promise<void>;
  note(progressed: boolean): Promise<void>;
  health(): SourceHealth;
  closeAll(): Promise<void>;
}

interface Options {
  readonly paths: readonly string[];
  readonly root: string;
}

export function openFiles({ paths, root }: Options): OpenFiles {
  const open = new Map<string, Tail>();
  const leaving = new Map<Tail, number>();
  const errors = new Map<string, string>();
  let known: Cursor[] = [];
  let state: SourceHealth['state'] = 'waiting';
  let lagBytes = 0;

  const look = async (path: string): Promise<void> => {
    const named = [...open.values()].some((tail) => tail.path === path && !leaving.has(tail));
    if (named) return;
    const opened = await openTail(path, known);
    const problem = problemOf(path, opened.state, opened.state === 'unreadable' ? opened.reason : '');
    if (problem === null) errors.delete(path);
    else errors.set(path, problem);
    if (opened.state !== 'open') return;
    if (open.has(opened.tail.stream)) await opened.tail.close();
    else open.set(opened.tail.stream, opened.tail);
  };

  return {
    know: (cursors) => {
      known = [...cursors];
    },
    async look() {
      for (const path of await discover(paths, root)) await look(path);
    },
    tails: () => [...open.values()],
    leaving(tail, now, fresh) {
      const since = fresh ? now : (leaving.get(tail) ?? now);
      leaving.set(tail, since);
      return since;
    },
    async drop(tail) {
      open.delete(tail.stream);
      leaving.delete(tail);
      known = known.filter(({ stream }) => stream !== tail.stream);
      await tail.close();
    },
    async note(progressed) {
      state = progressed ? 'reading' : open.size > 0 ? 'idle' : 'waiting';
      lagBytes = await sumOfLags(open.values());
    },
    health: () =>
      healthOf({ state, lagBytes, streams: open.size, lastError: errors.values().next().value ?? null }),
    async closeAll() {
      await Promise.all([...open.values()].map((tail) => tail.close()));
      open.clear();
      state = 'ended';
    },
  };
}

/** A source whose files all fail says so. */
function healthOf(seen: SourceHealth): SourceHealth {
  const failing = seen.lastError !== null && seen.streams === 0 && seen.state !== 'ended';
  return failing ? { ...seen, state: 'failing' } : seen;
}

function problemOf(
  path: string,
  state: Awaited<ReturnType<typeof openTail>>['state'],
  reason: string,
): string | null {
  switch (state) {
    case 'unreadable':
      return `${path} cannot be read: ${reason}`;
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
  const lags = await Promise.all([...tails].map((tail) => tail.lagBytes()));
  return lags.reduce((sum, lag) => sum + lag, 0);
}

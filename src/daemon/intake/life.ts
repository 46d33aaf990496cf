import { VigilError } from '../../domain/errors.ts';
import type { Recorded } from '../../domain/sighting.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Cursor } from '../../ports/source.ts';
import type { Progress, Store } from '../../ports/store.ts';
import { createPending, type Pending } from './pending.ts';

const FIRST_PAUSE_MS = 500;
/** Short enough that reading goes on within 30 seconds after whatever broke it is whole again. */
const MAX_PAUSE_MS = 15_000;

export interface LifePorts {
  readonly store: Store;
  readonly clock: Clock;
  createPipeline(source: string): Pipeline;
  /** Records that were lost and that no commit has told of. */
  dropped(): number;
  /** Told when what was learnt is of another build's format, and is learnt anew. */
  onUnreadable(): void;
  /** Told after every commit, in order. */
  onCommit(progress: Progress, recorded: readonly Recorded[]): void;
  /** Told when the store refuses, and with null when it takes again. */
  onStoreTrouble(error: VigilError | null): void;
}

/**
 * One stretch of reading a source: pipeline and pending progress, restored together from one commit and thrown away
 * together, so that they never disagree.
 */
export interface Life {
  readonly cursors: readonly Cursor[];
  readonly pipeline: Pipeline;
  readonly pending: Pending;
  lastCommit(): number;
  /** Where reading would go on after a crash. */
  savedCursors(): readonly Cursor[];
  /**
   * Saves what is pending, in one transaction. What could not be saved stays first in line.
   * @throws VigilError of the store.
   */
  commit(): Promise<readonly Recorded[]>;
  /** Commits until it is saved, pausing longer each time, or until `signal` aborts. */
  commitFirmly(signal: AbortSignal): Promise<void>;
  /** Settles when nothing is being saved: the store says what the next life goes on from. */
  settled(): Promise<void>;
}

/** @throws VigilError of the store. */
export async function beginLife(source: string, ports: LifePorts): Promise<Life> {
  const { store, clock } = ports;
  const [cursors, memory] = await Promise.all([store.cursors(source), store.memory(source)]);
  const pipeline = ports.createPipeline(source);
  if (!pipeline.restore(memory)) ports.onUnreadable();
  const pending = createPending(source, pipeline, cursors);
  const committer = createCommitter(pending, cursors, ports);
  return {
    cursors,
    pipeline,
    pending,
    lastCommit: () => committer.lastCommit(),
    savedCursors: () => committer.savedCursors(),
    commit: () => committer.commit(),
    settled: () => committer.settled(),
    async commitFirmly(signal) {
      let pause = FIRST_PAUSE_MS;
      while (!(await tryCommit(committer)) && !signal.aborted) {
        await clock.sleep(pause, signal);
        pause = Math.min(pause * 2, MAX_PAUSE_MS);
      }
    },
  };
}

/** False when the store is away for a while; what is no passing trouble is thrown. */
async function tryCommit(committer: Committer): Promise<boolean> {
  try {
    await committer.commit();
    return true;
  } catch (error) {
    // Full disk, busy, read-only: it stays pending, and nothing more is read until it is saved.
    if (isPassing(error)) return false;
    throw error;
  }
}

function isPassing(error: unknown): error is VigilError {
  return error instanceof VigilError && (error.retry || error.code === 'state_read_only');
}

interface Committer {
  commit(): Promise<readonly Recorded[]>;
  settled(): Promise<void>;
  lastCommit(): number;
  savedCursors(): readonly Cursor[];
}

/** One commit at a time, oldest progress first. */
function createCommitter(pending: Pending, from: readonly Cursor[], ports: LifePorts): Committer {
  const { store, clock } = ports;
  let unsaved: Progress | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let last = clock.now();
  const saved = new Map(from.map((cursor) => [cursor.stream, cursor]));

  async function saveAll(): Promise<readonly Recorded[]> {
    const before = unsaved === null ? [] : await save(unsaved);
    unsaved = pending.take(clock.now(), ports.dropped());
    const now = unsaved === null ? [] : await save(unsaved);
    last = clock.now();
    return [...before, ...now];
  }

  async function save(progress: Progress): Promise<readonly Recorded[]> {
    try {
      const recorded = await store.commit(progress);
      unsaved = null;
      for (const cursor of progress.cursors) saved.set(cursor.stream, cursor);
      for (const stream of progress.endedStreams) saved.delete(stream);
      ports.onStoreTrouble(null);
      ports.onCommit(progress, recorded);
      return recorded;
    } catch (error) {
      if (error instanceof VigilError) ports.onStoreTrouble(error);
      throw error;
    }
  }

  return {
    lastCommit: () => last,
    savedCursors: () => [...saved.values()],
    async settled() {
      await turn;
    },
    commit() {
      const mine = turn.then(saveAll);
      // The next one in line waits for this one, however it ends.
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

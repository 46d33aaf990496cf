import type { Clock } from '../../../ports/clock.ts';
import type { Batch, Cursor, Source, SourceHealth } from '../../../ports/source.ts';
import { heed, lookAround, untilLook, wants } from './names/look-around.ts';
import { patternsOf } from './names/patterns.ts';
import { fileSystemWake, type MakeWake } from './names/wake.ts';
import { readOut, takenUp } from './resume/read-out.ts';
import { emptyRoom, forget, healthOf } from './room.ts';
import type { Run } from './run.ts';
import { type Rest, round } from './turn.ts';

export interface FileSourceOptions {
  readonly name: string;
  /** Files or globs, relative to `root`. */
  readonly paths: readonly string[];
  readonly root: string;
  /** A file whose existence says that nothing more will be written (journals); null for none. */
  readonly endMarker: string | null;
}

/**
 * How long to sleep while lines come: many small writes are read together. The wait doubles while none come, up to
 * `POLL_MS`, so that a file system that gives no signs is asked soon after lines and seldom otherwise.
 */
const BREATH_MS = 3;
/** How long to sleep without a sign from the file system (some, such as NFS, never give one). */
const POLL_MS = 500;

/** Log files: they may appear later, be renamed, truncated or replaced, and are read on from where they stood. */
export function fileSource(
  options: FileSourceOptions,
  clock: Clock,
  makeWake: MakeWake = fileSystemWake,
): Source {
  const { name, paths, root, endMarker } = options;
  const patterns = patternsOf(paths, root);
  let room = emptyRoom(patterns, [], 0);
  return {
    name,
    read(from, signal) {
      room = emptyRoom(patterns, from, healthOf(room).dropped);
      const wake = makeWake(wants({ room, endMarker }));
      const looks = { at: null, tookMs: 0, wanted: false, over: false };
      return readFiles({ endMarker, clock, signal, room, wake, looks, hot: new Map() }, from);
    },
    health: (): SourceHealth => healthOf(room),
  };
}

async function* readFiles(run: Run, from: readonly Cursor[]): AsyncGenerator<Batch> {
  const { clock, signal, room, looks, wake } = run;
  let waited = BREATH_MS;
  try {
    yield* takenUp(run, from);
    while (!signal.aborted) {
      await heed(run);
      if (untilLook(looks, clock.now()) === 0) await lookAround(run);
      yield* readOut(run);
      const rest = yield* round(run);
      room.state = rest !== 'nothing' ? 'reading' : room.tails.size > 0 ? 'idle' : 'waiting';
      if (looks.over && room.tails.size === 0) return;
      waited = await pause(run, rest, waited);
    }
  } finally {
    wake.close();
    await Promise.all([...room.tails.values()].map((tail) => forget(room, tail)));
    room.state = 'ended';
  }
}

/** Answers how long it would have waited without a sign. */
async function pause({ clock, signal, wake, looks }: Run, rest: Rest, waited: number): Promise<number> {
  if (rest === 'more' || signal.aborted) return BREATH_MS;
  if (rest === 'some') {
    await clock.sleep(BREATH_MS); // too short to be cut short
    return BREATH_MS;
  }
  const ms = looks.wanted ? untilLook(looks, clock.now()) : POLL_MS;
  const longer = Math.min(waited * 2, POLL_MS);
  await wake.next(clock, Math.min(ms, longer), signal);
  return longer;
}

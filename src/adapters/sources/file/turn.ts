import type { Batch } from '../../../ports/source.ts';
import { lookAt } from './names/look.ts';
import { reasonOf } from './reason.ts';
import { fail, forget, takeDue, use } from './room.ts';
import { apart, type Run } from './run.ts';
import type { Tail } from './tail.ts';

/** How long a renamed or deleted file is still read: its writer may hold it open until it is told to reopen. */
const LINGER_MS = 5_000;
/** Batches that one file may bring before the next one has its turn: about 4 MiB. */
const TURN = 16;
/** A file that has brought lines is asked again without a sign, until it has brought none so often. */
const PATIENCE = 16;

/** How much there was. */
export type Rest = 'nothing' | 'some' | 'more';

/** One turn for each file that may have something. When nothing more will be written, all are read out and end. */
export async function* round(run: Run): AsyncGenerator<Batch, Rest> {
  const { room, signal } = run;
  let rest: Rest = 'nothing';
  for (const tail of run.looks.over ? new Set(room.tails.values()) : dueNow(run)) {
    if (signal.aborted) break;
    if (room.tails.get(tail.stream) !== tail) continue;
    const read = yield* turn(tail, run);
    if (read === TURN) rest = 'more';
    else if (read > 0 && rest === 'nothing') rest = 'some';
    if (read === TURN) room.due.add(tail);
    noteHeat(run, tail, read);
  }
  return rest;
}

function dueNow({ room, hot }: Run): ReadonlySet<Tail> {
  const due = new Set(takeDue(room));
  for (const tail of hot.keys()) {
    // One that was closed for others is opened again by a sign, or when a look finds it grown.
    if (tail.isOpen()) due.add(tail);
    else hot.delete(tail);
  }
  return due;
}

function noteHeat({ room, hot }: Run, tail: Tail, read: number): void {
  const misses = read > 0 ? 0 : (hot.get(tail) ?? PATIENCE) + 1;
  if (misses <= PATIENCE && room.tails.get(tail.stream) === tail) hot.set(tail, misses);
  else hot.delete(tail);
}

/** Up to `TURN` batches of one file; its end, when it is gone for good. Answers how many batches of lines there were. */
async function* turn(tail: Tail, run: Run): AsyncGenerator<Batch, number> {
  const { clock, room, signal, looks } = run;
  await use(room, tail);
  const fate = await tail.look().catch((error: unknown) => missed(tail, error, run));
  if (fate === null) return 0;
  const read = fate === 'rewritten' ? 0 : yield* someOf(tail, run);
  if (read === TURN || signal.aborted || room.tails.get(tail.stream) !== tail) return read;
  const now = clock.now();
  if (fate === 'same' && !looks.over && !isLeft(tail, { now, fresh: read > 0 }, run)) return read;
  await forget(room, tail);
  // Rewritten with the same beginning (a banner, say) it is the same stream, from its start: that has not ended.
  if (fate === 'rewritten') await lookAt([tail.path()], now, room);
  yield { ...tail.end(now), ended: !room.tails.has(tail.stream) };
  return read;
}

/** It was closed, and cannot be opened again: it lost its name meanwhile, or may not be read now. */
async function missed(tail: Tail, error: unknown, { room, clock }: Run): Promise<null> {
  if (tail.isOpen() || reasonOf(error) !== 'ENOENT') await fail(room, tail, error);
  else if (room.leaving.has(tail)) room.gone.push(tail);
  else await lookAt([tail.path()], clock.now(), room);
  return null;
}

interface LeftAt {
  readonly now: number;
  readonly fresh: boolean;
}

/**
 * It has brought nothing for long enough since it lost its name, and was not found under another that the patterns know.
 * Generations of one name end in their order: then a restart finds the younger ones again from the oldest that is left.
 */
function isLeft(tail: Tail, { now, fresh }: LeftAt, { room, looks }: Run): boolean {
  const since = room.leaving.get(tail);
  if (since === undefined) return false;
  if (fresh) room.leaving.set(tail, now);
  if (fresh || apart(now, since) <= LINGER_MS) return false;
  if (looks.at === null || looks.at < since) {
    looks.wanted = true;
    return false;
  }
  return [...room.leaving.keys()].find((other) => other.path() === tail.path()) === tail;
}

async function* someOf(tail: Tail, { clock, room, signal }: Run): AsyncGenerator<Batch, number> {
  let read = 0;
  for (; read < TURN && !signal.aborted; read += 1) {
    const batch = await tail.next(clock.now()).catch((error: unknown) => fail(room, tail, error));
    if (batch === undefined || batch === null) break;
    yield batch;
  }
  return read;
}

import type { Batch, Cursor } from '../../../ports/source.ts';
import type { Rest } from './heir.ts';
import { adopt } from './look.ts';
import { lookAround } from './look-around.ts';
import { type Packed, readPacked } from './packed.ts';
import { reasonOf } from './reason.ts';
import { forget, unremember } from './room.ts';
import type { Run } from './run.ts';
import { takeUp } from './take-up.ts';

/** What an earlier run has left: files rotated since are read out, streams without a file are said to have ended. */
export async function* takenUp(run: Run, from: readonly Cursor[]): AsyncGenerator<Batch> {
  const { room, clock } = run;
  const { rests, lost } = await takeUp(from, room.patterns);
  for (const rest of rests) await adopt(rest, clock.now(), room);
  for (const cursor of lost) unremember(room, cursor.stream);
  await lookAround(run);
  // Told before any of them ends, so that a restart in between knows of all.
  for (const rest of rests) yield nothingOf(cursorOf(rest), clock.now(), false);
  for (const cursor of lost) {
    if (!room.tails.has(cursor.stream)) yield nothingOf(cursor, clock.now(), true);
  }
}

/** Ends what nothing can be read of any more, and reads what is packed to its end. */
export async function* readOut(run: Run): AsyncGenerator<Batch> {
  const { room, clock, signal } = run;
  for (const tail of room.gone.splice(0)) {
    await forget(room, tail);
    yield tail.end(clock.now());
  }
  const packed = room.packed.splice(0).filter(({ cursor }) => !room.tails.has(cursor.stream));
  for (const { cursor } of packed) yield nothingOf(cursor, clock.now(), false);
  for (const one of packed) {
    if (signal.aborted) return;
    yield* unpack(one, run);
  }
}

async function* unpack(packed: Packed, { room, clock, signal }: Run): AsyncGenerator<Batch> {
  let { cursor } = packed;
  try {
    for await (const batch of readPacked(packed, clock)) {
      cursor = batch.cursor;
      // Generations end in their order: while an older one lingers, a restart would find this one again and read it anew. Then
      // its place is kept, and the next start ends it.
      yield room.leaving.size === 0 ? batch : { ...batch, ended: false };
      if (signal.aborted) return;
    }
  } catch (error) {
    room.loss = `${packed.path} cannot be unpacked: ${reasonOf(error)}`;
    yield nothingOf(cursor, clock.now(), true);
  }
}

function cursorOf(rest: Rest): Cursor {
  return rest.kind === 'file' ? rest.tail.cursor() : rest.packed.cursor;
}

/** No lines: where a stream stands, or that it has ended there. */
function nothingOf(cursor: Cursor, receivedAt: number, ended: boolean): Batch {
  const { stream, mark } = cursor;
  return { stream, mark, records: [], offsets: [], marks: null, cursor, receivedAt, ended };
}

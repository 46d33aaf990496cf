import type { Batch, Cursor } from '../../../../ports/source.ts';
import { adopt } from '../names/look.ts';
import { lookAround } from '../names/look-around.ts';
import { reasonOf } from '../reason.ts';
import { forget, mayEnd, type PackedRest, unremember } from '../room.ts';
import type { Run } from '../run.ts';
import type { Rest } from './heir.ts';
import { readPacked } from './packed.ts';
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
  const packed = room.packed.splice(0).filter(({ packed: { cursor } }) => !room.tails.has(cursor.stream));
  for (const { packed: one } of packed) yield nothingOf(one.cursor, clock.now(), false);
  for (const one of packed) {
    if (signal.aborted) return;
    yield* unpack(one, run);
  }
  for (const one of room.ends.splice(0)) {
    if (mayEnd(room, one)) yield nothingOf(one.packed.cursor, clock.now(), true);
    else room.ends.push(one);
  }
}

/** Reads it to its end, and lets it wait there to be ended. */
async function* unpack(rest: PackedRest, { room, clock, signal }: Run): AsyncGenerator<Batch> {
  let { cursor } = rest.packed;
  try {
    for await (const batch of readPacked(rest.packed, clock)) {
      cursor = batch.cursor;
      yield { ...batch, ended: false };
      if (signal.aborted) return;
    }
  } catch (error) {
    room.loss = `${rest.packed.path} cannot be unpacked: ${reasonOf(error)}`;
  }
  room.ends.push({ ...rest, packed: { ...rest.packed, cursor } });
}

function cursorOf(rest: Rest): Cursor {
  return rest.kind === 'file' ? rest.tail.cursor() : rest.packed.cursor;
}

/** No lines: where a stream stands, or that it has ended there. */
function nothingOf(cursor: Cursor, receivedAt: number, ended: boolean): Batch {
  const { stream, mark } = cursor;
  return { stream, mark, records: [], offsets: [], marks: null, cursor, receivedAt, ended };
}

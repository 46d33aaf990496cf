import type { DeadLetter } from '../../domain/dead-letter.ts';
import type { KeptEvent } from '../../domain/kept-event.ts';
import type { Sighting } from '../../domain/sighting.ts';
import type { Pipeline, Pushed } from '../../pipeline/pipeline.ts';
import type { Batch, Cursor } from '../../ports/source.ts';
import type { Progress } from '../../ports/store.ts';

/**
 * What a source has brought since the last commit. It knows no clock and no store: it adds up, and is taken whole.
 */
export interface Pending {
  add(pushed: Pushed): void;
  /** Where reading goes on after this batch, once its events are in. */
  read(batch: Pick<Batch, 'stream' | 'cursor' | 'ended'>): void;
  /** Everything since the last time, or null when nothing changed. `dropped` records were lost meanwhile. */
  take(at: number, dropped: number): Progress | null;
}

/** Sums and lists of what was pushed. */
interface Gathered {
  sightings: Sighting[];
  dead: DeadLetter[];
  kept: KeptEvent[];
  events: number;
}

const nothing = (): Gathered => ({ sightings: [], dead: [], kept: [], events: 0 });

export function createPending(source: string, pipeline: Pipeline, from: readonly Cursor[]): Pending {
  const latest = new Map(from.map((cursor) => [cursor.stream, cursor]));
  const saved = new Map(from.map((cursor) => [cursor.stream, cursor.offset]));
  const ending = new Set<string>();
  let gathered = nothing();
  return {
    add(pushed) {
      gathered.events += pushed.events;
      gathered.sightings.push(...pushed.sightings);
      gathered.dead.push(...pushed.dead);
      gathered.kept.push(...pushed.kept);
    },
    read({ stream, cursor, ended }) {
      latest.set(stream, cursor);
      if (ended) ending.add(stream);
    },
    take(at, dropped) {
      const endedStreams = [...ending].filter((stream) => pipeline.held(stream) === null);
      for (const stream of endedStreams) {
        ending.delete(stream);
        latest.delete(stream);
        saved.delete(stream);
      }
      const progress: Progress = {
        source,
        cursors: movedCursors({ latest, saved }, pipeline),
        endedStreams,
        memory: pipeline.changes(),
        rollups: pipeline.rolledUp(),
        ...gathered,
        dropped,
        at,
      };
      gathered = nothing();
      return isEmpty(progress) ? null : progress;
    },
  };
}

function isEmpty({ events, dropped, memory, ...lists }: Progress): boolean {
  const { cursors, endedStreams, sightings, dead, rollups } = lists;
  const changes = [cursors, endedStreams, sightings, dead, rollups];
  return events + dropped + memory.size === 0 && changes.every((list) => list.length === 0);
}

interface Places {
  readonly latest: ReadonlyMap<string, Cursor>;
  readonly saved: Map<string, number>;
}

/** A cursor goes back to the first line that is read but not yet an event: held lines are never kept, but read again. */
function movedCursors({ latest, saved }: Places, pipeline: Pipeline): readonly Cursor[] {
  const moved: Cursor[] = [];
  for (const cursor of latest.values()) {
    const held = pipeline.held(cursor.stream);
    const offset = held?.offset ?? cursor.offset;
    if (saved.get(cursor.stream) === offset) continue;
    saved.set(cursor.stream, offset);
    moved.push({ ...cursor, offset, mark: held?.mark ?? cursor.mark });
  }
  return moved;
}

import type { Batch, Cursor } from '../../../ports/source.ts';
import { isChosen } from './choose.ts';
import { type ContainerLog, containerLog } from './container-log.ts';
import { type Container, containerOfEvent, type Engine } from './engine.ts';
import { epochMs, instantAt } from './instant.ts';
import type { DockerSourceOptions } from './options.ts';
import { BEGINNING, type LogPlace, placeBefore, placeOf } from './place.ts';
import { type Pulled, pulled } from './pulled.ts';

/** The logs of all containers that are asked for. */
export interface Shelf {
  /** Subscribes to what happens to containers. */
  listen(engine: Engine): Promise<Pulled>;
  /** Whether something has happened to one. */
  heard(events: Pulled): boolean;
  /** Lists the containers. Answers where each new one is read from, and which streams are over. */
  look(engine: Engine, now: number): Promise<readonly Batch[]>;
  /** `again`: those of running containers whose log has ended, too. */
  openAll(engine: Engine, again: boolean): void;
  all(): readonly ContainerLog[];
  remove(stream: string): void;
  count(): number;
  open(): number;
  waiting(): number;
  dropped(): number;
  problem(): string | null;
  /** A log that went with the engine, if there is one. */
  brokeOff(): { readonly problem: string | null } | null;
  closeAll(): void;
}

export interface ShelfOptions {
  readonly from: readonly Cursor[];
  /** Epoch ms. */
  readonly startedAt: number;
  readonly ring: () => void;
}

interface Room extends ShelfOptions {
  readonly options: DockerSourceOptions;
  readonly logs: Map<string, ContainerLog>;
  /** Cursors of an earlier run whose containers were not seen yet. */
  readonly known: Map<string, Cursor>;
  /** Where the first run begins; null until the engine was asked. */
  start: LogPlace | null;
  dropped: number;
  /** An event whose end has not come yet. */
  rest: string;
}

export function shelf(options: DockerSourceOptions, begin: ShelfOptions): Shelf {
  const known = new Map(begin.from.map((cursor) => [cursor.stream, cursor]));
  const room: Room = { ...begin, options, logs: new Map(), known, start: null, dropped: 0, rest: '' };
  const { logs, ring } = room;
  const all = () => [...logs.values()];
  return {
    async listen(engine) {
      room.rest = '';
      return pulled(await engine.events(), ring);
    },
    heard: (events) => heard(room, events),
    async look(engine, now) {
      room.start ??= await startOf(room, engine, now);
      return sort(room, await engine.containers(), now);
    },
    openAll(engine, again) {
      for (const log of logs.values()) log.open(engine, again);
    },
    all,
    remove: (stream) => void logs.delete(stream),
    count: () => logs.size,
    open: () => all().filter((log) => log.isOpen()).length,
    waiting: () => all().reduce((sum, log) => sum + log.waiting(), 0),
    dropped() {
      room.dropped += all().reduce((sum, log) => sum + log.takeDropped(), 0);
      return room.dropped;
    },
    problem: () =>
      all()
        .map((log) => log.problem())
        .find((problem) => problem !== null) ?? null,
    brokeOff() {
      const broken = all().find((log) => log.brokeOff());
      return broken === undefined ? null : { problem: broken.problem() };
    },
    closeAll() {
      for (const log of logs.values()) log.close();
    },
  };
}

function heard(room: Room, events: Pulled): boolean {
  const chunk = events.take();
  if (chunk === null) return false;
  const lines = `${room.rest}${chunk.toString('utf8')}`.split('\n');
  room.rest = (lines.pop() ?? '').slice(0, LONGEST_EVENT);
  for (const line of lines) room.logs.get(containerOfEvent(line) ?? '')?.stir();
  return true;
}

const LONGEST_EVENT = 1024 * 1024;

function sort(room: Room, containers: readonly Container[], now: number): readonly Batch[] {
  const { logs, known, options } = room;
  const batches: Batch[] = [];
  const there = new Set<string>();
  for (const container of containers) {
    there.add(container.id);
    const log = logs.get(container.id);
    if (!isChosen(container, options)) dismiss(room, container.id);
    else if (log !== undefined) log.saw(container);
    else if (!known.has(container.id)) batches.push(emptyBatch(begin(room, container).cursor(), now, false));
    else begin(room, container);
  }
  for (const [id, log] of logs) if (!there.has(id)) log.lose();
  for (const cursor of known.values()) {
    if (!there.has(cursor.stream)) batches.push(emptyBatch(cursor, now, true));
  }
  for (const { stream, ended } of batches) if (ended) known.delete(stream);
  return batches;
}

/** It was renamed, say: it may be asked for again. */
function dismiss({ logs, known }: Room, id: string): void {
  const log = logs.get(id);
  if (log === undefined) return;
  known.set(id, log.cursor());
  log.close();
  logs.delete(id);
}

/**
 * Where containers are read from that were never read: the first run of a source begins with its own start, by the clock of
 * the engine, unless the oldest is asked for; later runs know all that were there before, so one that is new is read whole.
 */
async function startOf({ options, from, startedAt }: Room, engine: Engine, now: number): Promise<LogPlace> {
  if (options.since === 'oldest' || from.length > 0) return BEGINNING;
  const there = await engine.now();
  return placeBefore(there === null ? instantAt(startedAt) : instantAt(epochMs(there) - (now - startedAt)));
}

function begin({ logs, known, start, ring }: Room, container: Container): ContainerLog {
  const cursor = known.get(container.id);
  const place = cursor === undefined ? (start ?? BEGINNING) : placeOf(cursor.mark);
  const log = containerLog({ container, offset: cursor?.offset ?? 0, place }, ring);
  known.delete(container.id);
  logs.set(container.id, log);
  return log;
}

function emptyBatch(cursor: Cursor, receivedAt: number, ended: boolean): Batch {
  const { stream, mark } = cursor;
  return { stream, mark, records: [], offsets: [], marks: null, cursor, receivedAt, ended };
}

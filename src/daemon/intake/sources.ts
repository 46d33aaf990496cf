import type { SourceView } from '../../contract/system-views.ts';
import type { DeadLetter } from '../../domain/dead-letter.ts';
import { VigilError } from '../../domain/errors.ts';
import type { SourceRecord, TelemetryEvent } from '../../domain/event.ts';
import type { Progress } from '../../ports/store.ts';
import type { Announcer } from '../announce.ts';
import type { DaemonParts, WatchedSource } from '../parts.ts';
import { journalPath, rememberedName, rememberName } from './journal-names.ts';
import { type Judged, type Retire, type Supervisor, supervise } from './supervisor.ts';

/** More names than this are a mistake of whoever sends them (a request id as source, say). */
const MAX_API_SOURCES = 256;
/** In seconds. */
const LOOK_FOR_JOURNALS_EVERY = 60;

/** All sources of a daemon, each under its own supervisor. */
export interface Sources {
  /** Starts the configured ones and the journals that an earlier daemon left; settles when all have flushed. */
  run(signal: AbortSignal): Promise<void>;
  /** One more source; to be called before `run`. */
  add(watched: WatchedSource): void;
  /** Reads a journal until it ends; answers the name it is known by. @throws VigilError `bad_request`. */
  attach(name: string, path: string): Promise<string>;
  /** Judges events of one source at once, and commits. */
  judge(source: string, events: readonly TelemetryEvent[]): Promise<Judged>;
  /** Keeps records of one source durably, to be read soon; `full` when too much waits. */
  accept(source: string, records: readonly SourceRecord[]): Promise<'kept' | 'full'>;
  /** Reads a dead letter once more. @throws VigilError `unknown_id` when its source is gone. */
  retry(letter: DeadLetter): Promise<'read' | 'failed_again'>;
  views(): readonly SourceView[];
  /** When any of them last brought an event, epoch ms. */
  lastEvent(): number;
}

export interface SourcesPorts {
  readonly parts: DaemonParts;
  readonly announcer: Announcer;
  onCommit(progress: Progress): void;
}

interface Reading {
  readonly name: string;
  /** Settles with the name once it has been started. */
  readonly begun: Promise<string>;
}

interface Room {
  readonly ports: SourcesPorts;
  readonly byName: Map<string, Supervisor>;
  /** Journals that are read, by path. */
  readonly journals: Map<string, Reading>;
  readonly running: Set<Promise<void>>;
  readonly stop: AbortController;
}

export function createSources(ports: SourcesPorts): Sources {
  const room: Room = {
    ports,
    byName: new Map(),
    journals: new Map(),
    running: new Set(),
    stop: new AbortController(),
  };
  return {
    run: (signal) => runAll(room, signal),
    add: (watched) => void start(room, watched, null),
    attach: (name, path) => attach(room, name, path),
    judge: (source, events) => judge(room, source, events),
    accept: (source, records) => accept(room, source, records),
    retry: (letter) => retry(room, letter),
    views: () => [...room.byName.values()].map((one) => one.view()),
    lastEvent: () => Math.max(0, ...[...room.byName.values()].map((one) => one.lastEvent())),
  };
}

async function runAll(room: Room, signal: AbortSignal): Promise<void> {
  const { parts, announcer } = room.ports;
  const { clock } = parts.work;
  signal.addEventListener('abort', () => room.stop.abort(), { once: true });
  for (const watched of parts.sources) start(room, watched, null);
  for (const name of await parts.findApiSources()) {
    // However many there are: what they had accepted is read.
    if (!room.byName.has(name)) start(room, parts.openApiSource(name), null);
  }
  for (let round = 0; !signal.aborted; round += 1) {
    if (round % LOOK_FOR_JOURNALS_EVERY === 0) await takeUpJournals(room);
    await clock.sleep(1_000, signal);
    announcer.flush();
  }
  await Promise.all(room.running);
}

/** Journals of an earlier daemon, and of writers that ended without a word. */
async function takeUpJournals(room: Room): Promise<void> {
  const { parts } = room.ports;
  try {
    for (const { source, path } of await parts.findJournals()) {
      await readJournal(
        room,
        (await rememberedName(path)) ?? source,
        await journalPath(parts.paths.journals, path),
      );
    }
  } catch (error) {
    // The folder cannot be read now, or a journal was removed under our eyes: the next round looks again.
    parts.work.log.warn({ err: error }, 'journals were not looked through');
  }
}

function start(room: Room, watched: WatchedSource, retire: Retire): Supervisor {
  const { parts, announcer } = room.ports;
  const supervisor = supervise(watched, retire, {
    store: parts.work.store,
    clock: parts.work.clock,
    log: parts.work.log,
    createPipeline: (source) => parts.createPipeline(source),
    onCommit(progress, recorded) {
      room.ports.onCommit(progress);
      announcer.announce(recorded);
    },
  });
  room.byName.set(supervisor.name, supervisor);
  const running = supervisor.run(room.stop.signal).then((end) => {
    if (end === 'ended') room.byName.delete(supervisor.name);
    room.running.delete(running);
  });
  room.running.add(running);
  return supervisor;
}

async function attach(room: Room, wanted: string, path: string): Promise<string> {
  return readJournal(room, wanted, await journalPath(room.ports.parts.paths.journals, path));
}

/** Starts reading it, once, however many ask at the same time; answers the name it is read under. */
function readJournal(room: Room, wanted: string, path: string): Promise<string> {
  const known = room.journals.get(path);
  if (known !== undefined) return known.begun;
  const name = freeName(room, wanted);
  const begun = beginJournal(room, name, path);
  room.journals.set(path, { name, begun });
  return begun;
}

async function beginJournal(room: Room, name: string, path: string): Promise<string> {
  const { parts } = room.ports;
  try {
    await rememberName(path, name);
  } catch (error) {
    // A full disk: it can be attached again, or is found by the next look through the folder.
    room.journals.delete(path);
    throw error;
  }
  const source = parts.openJournalSource(name, path);
  start(room, { type: 'journal', source, intake: null }, async () => {
    await parts.removeJournal(path);
    room.journals.delete(path);
  });
  return name;
}

/** Two terminals may run the same command: each gets a name, and so a memory, of its own. */
function freeName({ byName, journals }: Room, wanted: string): string {
  const taken = new Set([...byName.keys(), ...[...journals.values()].map(({ name }) => name)]);
  if (!taken.has(wanted)) return wanted;
  let count = 2;
  while (taken.has(`${wanted}-${count}`)) count += 1;
  return `${wanted}-${count}`;
}

async function judge(room: Room, name: string, events: readonly TelemetryEvent[]): Promise<Judged> {
  const supervisor = room.byName.get(name) ?? startApi(room, name);
  await supervisor.ready();
  return supervisor.push(events);
}

async function accept(room: Room, name: string, records: readonly SourceRecord[]): Promise<'kept' | 'full'> {
  const supervisor = room.byName.get(name) ?? startApi(room, name);
  if (supervisor.intake === null) {
    const what = `the source ${name} is read by the daemon itself; nothing can be sent to it`;
    throw new VigilError('bad_request', { what });
  }
  return supervisor.intake.accept(records);
}

async function retry({ byName }: Room, letter: DeadLetter): Promise<'read' | 'failed_again'> {
  const supervisor = byName.get(letter.source);
  if (supervisor === undefined) {
    const what = `the source ${letter.source} of this record is not read any more`;
    throw new VigilError('unknown_id', { what, hint: `Run \`vigilai dead drop ${letter.id.slice(0, 8)}\`.` });
  }
  await supervisor.ready();
  return supervisor.retry(letter);
}

function startApi(room: Room, name: string): Supervisor {
  const count = [...room.byName.values()].filter((one) => one.type === 'api').length;
  if (count >= MAX_API_SOURCES) {
    throw new VigilError('bad_request', {
      what: `the field \`source\` has more than ${MAX_API_SOURCES} values`,
    });
  }
  return start(room, room.ports.parts.openApiSource(name), null);
}

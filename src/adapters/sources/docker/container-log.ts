import type { Batch, Cursor } from '../../../ports/source.ts';
import { labelsOf } from './choose.ts';
import { type Container, type Engine, failureOf } from './engine.ts';
import { type LogRecords, logRecords } from './log-records.ts';
import { type LogPlace, sinceOf } from './place.ts';
import { type Pulled, pulled } from './pulled.ts';

/** The log of one container: opened, read, and opened again where it stood when the container starts anew. */
export interface ContainerLog {
  /** As the engine has told of it last. */
  saw(container: Container): void;
  /** Something happened to the container: even if it is stopped now there may be something to read. */
  stir(): void;
  /** The engine has none of this name any more. */
  lose(): void;
  /** Asks the engine for the log, if it is not open and something has happened; `again`: if the container runs, too. */
  open(engine: Engine, again: boolean): void;
  /** The next batch; null when there is nothing now. The last one has `ended`. */
  take(now: number): Batch | null;
  /** After what was given. */
  cursor(): Cursor;
  /** Whether the connection is open. */
  isOpen(): boolean;
  waiting(): number;
  /** Why it cannot be read; null when it can. */
  problem(): string | null;
  /** Lost with the connection to the engine: it is to be connected to again. */
  brokeOff(): boolean;
  takeDropped(): number;
  /** Lets go of the connection. */
  close(): void;
}

export interface Begin {
  readonly container: Container;
  /** The number of the next record. */
  readonly offset: number;
  readonly place: LogPlace;
}

export function containerLog({ container, offset, place }: Begin, ring: () => void): ContainerLog {
  const records = logRecords(container.id, offset, place);
  const state: State = { ...UNREAD, container };
  const room: Room = { state, records, ring };
  return {
    saw(seen) {
      state.container = seen;
    },
    stir() {
      state.stirred = true;
    },
    lose() {
      state.lost = true;
    },
    open(engine, again) {
      if (state.body !== null || state.opening || state.lost) return;
      if (state.stirred || (again && state.container.running)) void openLog(room, engine);
    },
    take: (now) => take(room, now),
    cursor: records.cursor,
    isOpen: () => state.body !== null,
    waiting: () => state.body?.waiting() ?? 0,
    problem: () => state.problem ?? state.losses,
    brokeOff: () => state.broke,
    takeDropped() {
      const taken = state.dropped;
      state.dropped = 0;
      return taken;
    },
    close() {
      state.body?.close();
      Object.assign(state, { life: state.life + 1, body: null, opening: false, broke: false, stirred: true });
    },
  };
}

interface State {
  container: Container;
  body: Pulled | null;
  opening: boolean;
  /** To be opened even if the container is stopped. */
  stirred: boolean;
  lost: boolean;
  problem: string | null;
  broke: boolean;
  /** Answers to what an earlier life has asked for come too late. */
  life: number;
  dropped: number;
  /** What could not be found again. */
  losses: string | null;
}

const UNREAD: Omit<State, 'container'> = {
  body: null,
  opening: false,
  stirred: true,
  lost: false,
  problem: null,
  broke: false,
  life: 0,
  dropped: 0,
  losses: null,
};

interface Room {
  readonly state: State;
  readonly records: LogRecords;
  readonly ring: () => void;
}

async function openLog({ state, records, ring }: Room, engine: Engine): Promise<void> {
  const { life, container } = state;
  state.opening = true;
  state.stirred = false;
  try {
    const terminal = await engine.hasTerminal(container.id);
    const body = await engine.log(container.id, sinceOf(records.place()));
    if (state.life !== life) return void body.destroy();
    records.open(terminal);
    state.body = pulled(body, ring);
    state.problem = null;
  } catch (error) {
    if (state.life !== life) return;
    const { kind, why } = failureOf(error);
    if (kind === 'gone') state.lost = true;
    else state.problem = `${container.name}: ${why}`;
    state.broke = kind === 'away';
  } finally {
    if (state.life === life) state.opening = false;
    ring();
  }
}

function take(room: Room, now: number): Batch | null {
  const { state, records } = room;
  if (records.size() === 0) read(room);
  const over = state.lost && state.body === null && !state.opening;
  if (over) records.end(labelsOf(state.container), true);
  if (records.size() === 0 && !over) return null;
  const batch = records.batch(now);
  return over && records.size() === 0 ? { ...batch, ended: true } : batch;
}

/** Takes in what has come, and notes how the stream ended. */
function read({ state, records, ring }: Room): void {
  const { body, container } = state;
  if (body === null) return;
  const labels = labelsOf(container);
  const chunk = body.take();
  let end = chunk === null ? body.end() : null;
  try {
    if (chunk !== null) records.push(chunk, labels);
  } catch (error) {
    end = { problem: failureOf(error).why };
    body.close();
  }
  if (end !== null) {
    records.end(labels, false);
    state.body = null;
    if (state.stirred) ring(); // it has started anew before this was noticed
    state.problem = end.problem === null ? null : `${container.name}: ${end.problem}`;
  }
  const { cut, torn } = records.takeLosses();
  state.dropped += cut + (torn ? 1 : 0);
  if (torn) state.losses = `${container.name}: the log no longer has the line where reading stood`;
}

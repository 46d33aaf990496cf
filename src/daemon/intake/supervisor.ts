import type { SourceView } from '../../contract/system-views.ts';
import type { DeadLetter } from '../../domain/dead-letter.ts';
import { type ErrorCode, VigilError } from '../../domain/errors.ts';
import type { TelemetryEvent } from '../../domain/event.ts';
import { redact } from '../../domain/redact.ts';
import type { Recorded } from '../../domain/sighting.ts';
import type { Pushed, PushedEvents } from '../../pipeline/pipeline.ts';
import type { Log } from '../../ports/log.ts';
import type { Batch, Intake } from '../../ports/source.ts';
import type { Progress } from '../../ports/store.ts';
import type { WatchedSource } from '../parts.ts';
import { createEventRate } from './event-rate.ts';
import { beginLife, type Life, type LifePorts } from './life.ts';
import { sourceToView } from './source-view.ts';

const COMMIT_EVERY_MS = 1_000;
const TICK_MS = 1_000;
const FIRST_PAUSE_MS = 1_000;
/** Short enough that reading goes on within 30 seconds after whatever broke it is whole again. */
const MAX_PAUSE_MS = 15_000;

export interface SupervisorPorts extends Pick<LifePorts, 'store' | 'clock' | 'createPipeline'> {
  readonly log: Log;
  onCommit(progress: Progress, recorded: readonly Recorded[]): void;
}

export interface Judged {
  readonly pushed: PushedEvents;
  readonly recorded: readonly Recorded[];
}

/** Holds one source: what fails in it never reaches another. */
export interface Supervisor {
  readonly name: string;
  readonly type: string;
  /** The way in; null for a source that goes and reads. */
  readonly intake: Intake | null;
  /** Reads until `signal` aborts (then flushes and commits) or the source has ended for good and is committed. */
  run(signal: AbortSignal): Promise<'stopped' | 'ended'>;
  /** Resolves when it has been restored once, or has failed to. */
  ready(): Promise<void>;
  /**
   * Judges whole events and commits before it answers.
   * @throws VigilError of the store; the events stay pending and are saved as soon as it takes again. None are taken
   * while it is known to refuse.
   */
  push(events: readonly TelemetryEvent[]): Promise<Judged>;
  /** Reads a dead letter's text once more, and commits. @throws as `push`. */
  retry(letter: DeadLetter): Promise<'read' | 'failed_again'>;
  view(): SourceView;
  /** When it last brought an event, epoch ms; 0 for never. */
  lastEvent(): number;
}

interface State {
  life: Life | null;
  /** Why the last life ended, until the next one has read something. */
  failure: string | null;
  storeTrouble: VigilError | null;
  events: number;
  /** Losses that have been told to the store. */
  dropped: number;
  /** By the pipelines of earlier lives: points that had no series. */
  pointsLost: number;
  lastEvent: number;
}

const UNBORN: State = {
  life: null,
  failure: null,
  storeTrouble: null,
  events: 0,
  dropped: 0,
  pointsLost: 0,
  lastEvent: 0,
};

/** `retire` removes what an ended source was read from; null for a source that never ends. */
export type Retire = (() => Promise<void>) | null;

export function supervise(watched: WatchedSource, retire: Retire, ports: SupervisorPorts): Supervisor {
  const state: State = { ...UNBORN };
  const rate = createEventRate();
  const begun = Promise.withResolvers<void>();
  const room: Room = {
    begun: begun.resolve,
    watched,
    retire,
    state,
    ports,
    life: {
      ...ports,
      dropped: () => newlyDropped(room),
      onCommit(progress, recorded) {
        state.dropped += progress.dropped;
        if (state.life !== null) watched.source.saved?.(state.life.savedCursors());
        ports.onCommit(progress, recorded);
      },
      onUnreadable: () =>
        ports.log.warn(
          { source: watched.source.name },
          'what was learnt by another version is not understood: the source is learnt anew',
        ),
      onStoreTrouble: (error) => tellTrouble(room, error),
    },
    count(events) {
      if (events === 0) return;
      state.events += events;
      state.lastEvent = ports.clock.now();
      rate.count(events, state.lastEvent);
    },
  };
  return {
    name: watched.source.name,
    type: watched.type,
    intake: watched.intake,
    run: (signal) => keepAlive(room, signal),
    ready: () => begun.promise,
    push: (events) => judge(room, events),
    retry: (letter) => retry(room, letter),
    view: () =>
      sourceToView(watched, {
        ...state,
        pointsLost: pointsLost(state),
        rate: rate.perSecond(ports.clock.now()),
      }),
    lastEvent: () => state.lastEvent,
  };
}

interface Room {
  readonly watched: WatchedSource;
  readonly retire: Retire;
  readonly state: State;
  readonly ports: SupervisorPorts;
  readonly life: LifePorts;
  begun(): void;
  count(events: number): void;
}

/** One life after another, each from what the store knows; a longer pause after each that fails early. */
async function keepAlive(room: Room, signal: AbortSignal): Promise<'stopped' | 'ended'> {
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const before = room.state.events;
    try {
      const life = await beginLife(room.watched.source.name, room.life);
      room.state.life = life;
      room.begun();
      if ((await live(room, life, signal)) === 'ended') return 'ended';
    } catch (error) {
      // Whatever it was, only this source suffers: it starts over from its last commit.
      room.state.failure = messageOf(error);
      room.ports.log.error({ err: error, source: room.watched.source.name }, 'source failed, starting over');
    }
    room.begun();
    if (room.state.events > before) pause = FIRST_PAUSE_MS;
    await room.ports.clock.sleep(pause, signal);
    pause = Math.min(pause * 2, MAX_PAUSE_MS);
  }
  return 'stopped';
}

async function live(room: Room, life: Life, signal: AbortSignal): Promise<'stopped' | 'ended'> {
  const stop = new AbortController();
  const until = AbortSignal.any([signal, stop.signal]);
  const ticking = keepTicking(room, life, until).catch((error: unknown) => stop.abort(error));
  try {
    const { end, last } = await readAll(room, life, until);
    if (last !== null) await finish(room, life, { last, signal: until });
    if (stop.signal.aborted) throw stop.signal.reason;
    await life.commitFirmly(signal);
    if (end === 'ended' && last === null) await room.retire?.();
    return signal.aborted ? 'stopped' : end;
  } finally {
    room.state.pointsLost = pointsLost(room.state);
    room.state.life = null;
    stop.abort();
    await ticking;
    await life.settled();
  }
}

interface Read {
  readonly end: 'stopped' | 'ended';
  /** The batch that ended a source which ends, such as a journal. */
  readonly last: Batch | null;
}

async function readAll(room: Room, life: Life, signal: AbortSignal): Promise<Read> {
  const { clock } = room.ports;
  let last: Batch | null = null;
  for await (const batch of room.watched.source.read(life.cursors, signal)) {
    const pushed = noted(room, life, life.pipeline.push(batch));
    const lasting = batch.ended && room.retire !== null;
    life.pending.read({ ...batch, ended: batch.ended && !lasting });
    if (lasting) {
      if (last !== null) life.pending.read(last);
      last = batch;
    }
    room.state.failure = null;
    // However far the clock is set back, what is read waits for the store.
    const apart = Math.abs(clock.now() - life.lastCommit());
    if (pushed.opened || apart >= COMMIT_EVERY_MS) await life.commitFirmly(signal);
  }
  return signal.aborted ? { end: 'stopped', last: null } : { end: 'ended', last };
}

interface Finish {
  readonly last: Batch;
  readonly signal: AbortSignal;
}

/**
 * The last lines may be held back for a moment; the tick lets them go. Then, in this order: the final cursor is saved,
 * what was read is removed, the cursor is dropped. Killed in between, the next daemon goes on at the end, not at the start.
 */
async function finish(room: Room, life: Life, { last, signal }: Finish): Promise<void> {
  while (life.pipeline.held(last.stream) !== null && !signal.aborted) {
    await room.ports.clock.sleep(TICK_MS / 4, signal);
  }
  await life.commitFirmly(signal);
  if (signal.aborted) return;
  await room.retire?.();
  life.pending.read(last);
}

/** Silence speaks: it lets go of held lines, closes buckets and ends episodes. */
async function keepTicking(room: Room, life: Life, signal: AbortSignal): Promise<void> {
  const { clock } = room.ports;
  for (;;) {
    await clock.sleep(TICK_MS, signal);
    if (signal.aborted) return;
    advance(room, life);
    await life.commitFirmly(signal);
    room.watched.source.saved?.(life.savedCursors());
  }
}

function newlyDropped({ state, watched }: Room): number {
  return Math.max(0, watched.source.health().dropped + pointsLost(state) - state.dropped);
}

/** Points that had no series, since there are too many. */
function pointsLost({ life, pointsLost: before }: State): number {
  return before + (life === null ? 0 : life.pipeline.totals().dropped);
}

function advance(room: Room, life: Life): void {
  noted(room, life, life.pipeline.advance(room.ports.clock.now()));
}

/** What the pipeline says goes to what the next commit saves, and is counted. */
function noted<T extends Pushed>(room: Room, life: Life, pushed: T): T {
  life.pending.add(pushed);
  room.count(pushed.events);
  return pushed;
}

async function judge(room: Room, events: readonly TelemetryEvent[]): Promise<Judged> {
  const life = openLife(room);
  const pushed = noted(room, life, life.pipeline.pushEvents(events));
  return { pushed, recorded: await life.commit() };
}

/** Under a stream of its own, so that no cursor is moved. What fails again is a new dead letter. */
async function retry(room: Room, { id, text }: DeadLetter): Promise<'read' | 'failed_again'> {
  const life = openLife(room);
  const batch = { stream: `dead:${id}`, records: [text], offsets: [0], marks: null };
  const receivedAt = room.ports.clock.now();
  const pushed = noted(room, life, life.pipeline.push({ ...batch, receivedAt }));
  await life.commit();
  return pushed.dead.length === 0 ? 'read' : 'failed_again';
}

/** While the store refuses, more events would only pile up. @throws VigilError */
function openLife({ state, watched }: Room): Life {
  if (state.life !== null && state.storeTrouble === null) return state.life;
  const code: ErrorCode = state.storeTrouble?.code ?? 'state_busy';
  const why = state.storeTrouble?.message ?? state.failure ?? 'it is starting';
  throw new VigilError(code, { what: `the source ${watched.source.name} takes no events now`, why });
}

function tellTrouble(room: Room, error: VigilError | null): void {
  if ((error?.code ?? null) !== (room.state.storeTrouble?.code ?? null)) {
    const facts = { source: room.watched.source.name, code: error?.code ?? null };
    room.ports.log.warn(
      facts,
      error === null ? 'progress is saved again' : 'progress cannot be saved, reading waits',
    );
  }
  room.state.storeTrouble = error;
}

function messageOf(error: unknown): string {
  return redact(error instanceof Error ? error.message : String(error));
}

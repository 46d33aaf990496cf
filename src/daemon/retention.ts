import type { RetentionView } from '../contract/system-views.ts';
import {
  oldestKept,
  type Pressure,
  pressureOf,
  type RetentionRules,
  warningOf,
} from '../domain/retention.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';

const EVERY_MS = 600_000;
/** Rows of a kind that go in one transaction: nothing else is saved meanwhile. */
const ROWS_AT_ONCE = 5_000;
/** Slices of vacuuming a round; each takes a few milliseconds. */
const MOST_SLICES = 200;
/** Between slices, for everything else. */
const BREATH_MS = 20;

export interface RetentionPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/** Deletes what is old enough, warns before it must delete anything younger, and gives the space back. */
export interface Retention {
  run(signal: AbortSignal): Promise<void>;
  /** One round, at once. */
  round(): Promise<void>;
  view(): RetentionView;
}

export function createRetention(rules: RetentionRules, ports: RetentionPorts): Retention {
  const room: Room = { rules, ports, size: 0, pressure: { state: 'none' } };
  return {
    async run(signal) {
      while (!signal.aborted) {
        await round(room).catch((error: unknown) => {
          // A full or busy disk: the next round tries again.
          ports.log.warn({ err: error }, 'old data was not looked through');
        });
        await ports.clock.sleep(EVERY_MS, signal);
      }
    },
    round: () => round(room),
    view: () => ({
      days: rules.days,
      store: rules.store,
      size_bytes: room.size,
      max_bytes: rules.maxBytes,
      warning: warningOf(room.pressure, rules, room.size),
    }),
  };
}

interface Room {
  readonly rules: RetentionRules;
  readonly ports: RetentionPorts;
  size: number;
  pressure: Pressure;
}

async function round(room: Room): Promise<void> {
  const { store, clock } = room.ports;
  await forgetOld(room);
  await weigh(room);
  await makeRoom(room);
  for (let slice = 0; slice < MOST_SLICES && (await store.vacuum()); slice += 1) await clock.sleep(BREATH_MS);
}

async function forgetOld({ rules, ports }: Room): Promise<void> {
  const { store, clock, log } = ports;
  for (let more = true; more; ) {
    const pruned = await store.prune(oldestKept(rules, clock.now()), ROWS_AT_ONCE);
    const counts = Object.values(pruned);
    if (counts.some((count) => count > 0)) log.info(pruned, 'what was old was deleted');
    more = counts.some((count) => count >= ROWS_AT_ONCE);
    if (more) await clock.sleep(BREATH_MS);
  }
}

async function makeRoom(room: Room): Promise<void> {
  const { store, clock, log } = room.ports;
  while (room.pressure.state === 'due') {
    const before = room.size;
    const events = await store.pruneEvents(ROWS_AT_ONCE);
    if (events === 0) return;
    log.warn({ events }, 'stored events were deleted before their time: the database is too large');
    await weigh(room);
    // PostgreSQL gives the space back later: more would be deleted than has to be.
    if (room.size >= before) return;
    await clock.sleep(BREATH_MS);
  }
}

async function weigh(room: Room): Promise<void> {
  const { rules, ports, pressure } = room;
  room.size = await ports.store.size();
  const warnedAt = pressure.state === 'none' ? null : pressure.since;
  room.pressure = pressureOf(rules, room.size, { warnedAt, now: ports.clock.now() });
  if (pressure.state === 'none' && room.pressure.state !== 'none') {
    ports.log.warn({ size: room.size }, warningOf(room.pressure, rules, room.size) ?? '');
  }
}

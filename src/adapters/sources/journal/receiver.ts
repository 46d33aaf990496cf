import type { SourceRecord } from '../../../domain/event.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Batch, Cursor, Intake, Listen, Source } from '../../../ports/source.ts';
import type { Backlog, Share } from './backlog.ts';
import type { InboxKind } from './find.ts';
import { frameOf } from './frame.ts';
import { type Inbox, inboxOf } from './inbox.ts';
import { journalSource } from './reader.ts';
import { type Sign, signOf } from './sign.ts';

export interface ReceiverOptions {
  readonly name: string;
  readonly kind: InboxKind;
  /** Folder of all journals. */
  readonly journals: string;
  /** Null for events that come through the daemon's own API. */
  readonly listen: Listen | null;
  readonly backlog: Backlog;
  /** False only for measuring what durability costs. */
  readonly durable: boolean;
}

/** A source that others send to, and the way in. */
export interface Receiver {
  readonly source: Source;
  readonly intake: Intake;
}

/**
 * Keeps what it is sent in a journal before it says so, and reads from there: accepted means durable, and what the
 * daemon had not worked off when it was killed is read again. While too much waits, it refuses.
 */
export function receiver(options: ReceiverOptions, clock: Clock): Receiver {
  const sign = signOf(null, clock);
  const room: Room = {
    options,
    clock,
    sign,
    inbox: inboxOf(options, clock, () => sign.give()),
    share: options.backlog.share(),
    onTheWay: 0,
    dropped: 0,
    reader: null,
    error: null,
  };
  const intake: Intake = {
    accept: (records) => accept(room, records),
    drop(count) {
      room.dropped += count;
    },
  };
  return {
    intake,
    source: {
      name: options.name,
      read: (from, signal) => read(room, intake, { from, signal }),
      health() {
        const health = room.reader?.health() ?? WAITING;
        const { dropped, lastError } = health;
        return { ...health, dropped: dropped + room.dropped, lastError: room.error ?? lastError };
      },
      saved(cursors) {
        room.reader?.saved?.(cursors);
        room.inbox.saved(cursors);
      },
    },
  };
}

const WAITING = { state: 'waiting', lagBytes: 0, streams: 1, dropped: 0, lastError: null } as const;

interface Room {
  readonly options: ReceiverOptions;
  readonly clock: Clock;
  readonly sign: Sign;
  readonly inbox: Inbox;
  readonly share: Share;
  /** Records that have room and are not durable yet. */
  onTheWay: number;
  reader: Source | null;
  dropped: number;
  error: string | null;
}

async function accept(room: Room, records: readonly SourceRecord[]): Promise<'kept' | 'full'> {
  const count = records.length;
  if (count === 0) return 'kept';
  if (!room.share.take(count)) return 'full';
  room.onTheWay += count;
  try {
    const { appender } = await room.inbox.open();
    await appender.append(records.map(frameOf).join(''));
    room.error = null;
    return 'kept';
  } catch (error) {
    room.share.give(count);
    room.error = error instanceof Error ? error.message : String(error);
    throw error;
  } finally {
    room.onTheWay -= count;
  }
}

interface Reading {
  readonly from: readonly Cursor[];
  readonly signal: AbortSignal;
}

async function* read(room: Room, intake: Intake, { from, signal }: Reading): AsyncGenerator<Batch> {
  const { options, clock, sign, share, inbox } = room;
  const { name, listen } = options;
  const { folder, appender } = await inbox.open();
  const source = { name, folder, form: 'frames', limit: () => appender.end() } as const;
  const reader = journalSource(source, clock, sign);
  room.reader = reader;
  // An earlier reading may have counted otherwise: what waits is what lies behind the cursor, and what is on its way.
  share.set(room.onTheWay);
  const left = inbox.unread(from);
  const listening = listen === null ? null : await listen(intake);
  share.add(await left);
  let damaged = reader.health().dropped;
  try {
    for await (const batch of reader.read(from, signal)) {
      yield batch;
      // Asked for the next one: this one is worked off, and what was damaged in it waits no more either.
      const { dropped } = reader.health();
      share.give(batch.records.length + dropped - damaged);
      damaged = dropped;
    }
  } finally {
    await listening?.close();
    await inbox.close();
  }
}

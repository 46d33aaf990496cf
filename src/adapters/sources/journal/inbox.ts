import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Clock } from '../../../ports/clock.ts';
import type { Cursor } from '../../../ports/source.ts';
import { type Appender, openAppender } from './appender.ts';
import { type InboxKind, inboxFolder } from './find.ts';
import { segmentsOf } from './segments.ts';

export interface InboxOptions {
  readonly name: string;
  readonly kind: InboxKind;
  readonly journals: string;
  readonly durable: boolean;
}

/** The journal of one receiver. */
export interface Inbox {
  /** Opened once, by the first who needs it; after a failure the next one tries again. @throws VigilError of the disk. */
  open(): Promise<OpenInbox>;
  /** Records that are in it and lie behind the cursor. */
  unread(from: readonly Cursor[]): Promise<number>;
  /** Where reading would go on: a journal that is read out and has been quiet begins a new segment, so that the old one goes. */
  saved(cursors: readonly Cursor[]): void;
  /** Lets go of the file; `open` opens it again. */
  close(): Promise<void>;
}

export interface OpenInbox {
  readonly folder: string;
  readonly appender: Appender;
}

/** Unredacted text is kept at most so long behind the checkpoint while nothing more comes. */
const QUIET_MS = 5_000;

interface Room {
  readonly options: InboxOptions;
  readonly clock: Clock;
  readonly onAppend: () => void;
  opening: Promise<OpenInbox> | null;
  opened: OpenInbox | null;
  /** Settles when the one before has let go of the file: two at once would write over one another. */
  closed: Promise<void>;
  appendedAt: number;
  rolledAt: number;
}

export function inboxOf(options: InboxOptions, clock: Clock, onAppend: () => void): Inbox {
  const begin = { opening: null, opened: null, closed: Promise.resolve(), appendedAt: 0, rolledAt: 0 };
  const room: Room = { options, clock, onAppend, ...begin };
  return {
    open: () => open(room),
    async unread(from) {
      const { folder, appender } = await open(room);
      const offset = from.find(({ stream }) => stream === basename(folder))?.offset ?? 0;
      return countLines(folder, offset, appender.end());
    },
    close: () => close(room),
    saved: (cursors) => rollWhenQuiet(room, cursors),
  };
}

function open(room: Room): Promise<OpenInbox> {
  room.opening ??= begin(room);
  return room.opening;
}

function begin(room: Room): Promise<OpenInbox> {
  const mine = room.closed.then(() => openNow(room));
  const isCurrent = (): boolean => room.opening === mine;
  mine.then(
    (opened) => {
      if (isCurrent()) room.opened = opened;
    },
    () => {
      if (isCurrent()) room.opening = null;
    },
  );
  return mine;
}

async function openNow(room: Room): Promise<OpenInbox> {
  const { journals, kind, name, durable } = room.options;
  const folder = await inboxFolder(journals, { kind, source: name }, room.clock.now());
  const appender = await openAppender({
    folder,
    durable,
    onAppend() {
      room.appendedAt = room.clock.now();
      room.onAppend();
    },
  });
  return { folder, appender };
}

function close(room: Room): Promise<void> {
  const last = room.opening;
  [room.opening, room.opened] = [null, null];
  if (last !== null) room.closed = last.then(({ appender }) => appender.close()).catch(() => undefined);
  return room.closed;
}

function rollWhenQuiet(room: Room, cursors: readonly Cursor[]): void {
  const { opened, clock } = room;
  if (opened === null || Math.abs(clock.now() - room.appendedAt) < QUIET_MS) return;
  const { folder, appender } = opened;
  const end = appender.end();
  const done = cursors.some(({ stream, offset }) => stream === basename(folder) && offset === end);
  if (!done || room.rolledAt === end) return;
  room.rolledAt = end;
  appender.roll().catch(() => {
    room.rolledAt = 0; // a full disk: tried again
  });
}

async function countLines(folder: string, from: number, to: number): Promise<number> {
  let lines = 0;
  if (from >= to) return lines;
  const segments = await segmentsOf(folder);
  for (const [i, { base, path }] of segments.entries()) {
    const next = segments[i + 1]?.base ?? to;
    if (next <= from) continue; // saved, and deleted at any moment
    const start = Math.max(0, from - base);
    if (base >= to) break;
    for await (const chunk of createReadStream(path, { start, end: to - base - 1 })) {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
    }
  }
  return lines;
}

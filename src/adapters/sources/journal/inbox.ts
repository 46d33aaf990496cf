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

export function inboxOf(options: InboxOptions, clock: Clock, onAppend: () => void): Inbox {
  let opening: Promise<OpenInbox> | null = null;
  let opened: OpenInbox | null = null;
  let appendedAt = 0;
  let rolledAt = 0;

  async function openNow(): Promise<OpenInbox> {
    const { journals, kind, name, durable } = options;
    const folder = await inboxFolder(journals, { kind, source: name }, clock.now());
    const appender = await openAppender({
      folder,
      durable,
      onAppend() {
        appendedAt = clock.now();
        onAppend();
      },
    });
    opened = { folder, appender };
    return opened;
  }

  function open(): Promise<OpenInbox> {
    opening ??= openNow().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  }

  return {
    open,
    async unread(from) {
      const { folder, appender } = await open();
      const offset = from.find(({ stream }) => stream === basename(folder))?.offset ?? 0;
      return countLines(folder, offset, appender.end());
    },
    async close() {
      const last = opening;
      [opening, opened] = [null, null];
      await last?.then(({ appender }) => appender.close()).catch(() => undefined);
    },
    saved(cursors) {
      if (opened === null || Math.abs(clock.now() - appendedAt) < QUIET_MS) return;
      const { folder, appender } = opened;
      const end = appender.end();
      const done = cursors.some(({ stream, offset }) => stream === basename(folder) && offset === end);
      if (!done || rolledAt === end) return;
      rolledAt = end;
      appender.roll().catch(() => {
        rolledAt = 0; // a full disk: tried again
      });
    },
  };
}

async function countLines(folder: string, from: number, to: number): Promise<number> {
  let lines = 0;
  if (from >= to) return lines;
  for (const { base, path } of await segmentsOf(folder)) {
    const start = Math.max(0, from - base);
    if (base >= to) break;
    for await (const chunk of createReadStream(path, { start, end: to - base - 1 })) {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
    }
  }
  return lines;
}

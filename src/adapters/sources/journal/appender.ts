import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { recordIn } from './frame.ts';
import { SEGMENT_BYTES, segmentPath, segmentsOf } from './segments.ts';
import { unwritable } from './unwritable.ts';

/** Appends whole lines to a journal that outlives its writer. */
export interface Appender {
  /** Settles once it is on the disk (fdatasync). @throws VigilError `disk_full`, `state_read_only`: nothing is kept. */
  append(lines: string): Promise<void>;
  /** Byte after everything that is durable. */
  end(): number;
  /** Goes on in a new segment, so that the one before can be deleted once it is read. */
  roll(): Promise<void>;
  close(): Promise<void>;
}

export interface AppenderOptions {
  readonly folder: string;
  /** False only for measuring what durability costs. */
  readonly durable: boolean;
  /** Told after each append. */
  onAppend(): void;
}

interface Waiting {
  readonly bytes: Buffer;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Opens the journal in `folder` (0600 in 0700), or makes it. A torn end, of a write that a crash cut short and that
 * was never acknowledged, is taken off. Appends that come while the disk is busy go together in the next write (group commit).
 * @throws VigilError `disk_full`, `state_read_only`.
 */
export async function openAppender({ folder, durable, onAppend }: AppenderOptions): Promise<Appender> {
  let { file, base, size } = await openLast(folder).catch((cause: unknown) => {
    throw unwritable(folder, cause);
  });
  let waiting: Waiting[] = [];
  let turn: Promise<void> = Promise.resolve();

  async function next(): Promise<void> {
    const end = base + size;
    const fresh = await create(folder, end);
    await file.close();
    [file, base, size] = [fresh, end, 0];
  }

  async function write(): Promise<void> {
    const now = waiting;
    waiting = [];
    if (now.length === 0) return;
    try {
      if (size >= SEGMENT_BYTES) await next();
      const bytes = Buffer.concat(now.map((one) => one.bytes));
      await writeAt(file, bytes, size);
      if (durable) await file.datasync();
      size += bytes.length;
      for (const one of now) one.done();
      onAppend();
    } catch (cause) {
      // What was written of it must not run into what is written next.
      await file.truncate(size).catch(() => undefined);
      for (const one of now) one.failed(unwritable(folder, cause));
    }
  }

  return {
    append(lines) {
      return new Promise((done, failed) => {
        waiting.push({ bytes: Buffer.from(lines), done, failed });
        if (waiting.length === 1) turn = turn.then(write);
      });
    },
    end: () => base + size,
    roll() {
      const rolled = turn.then(async () => {
        if (size > 0) await next();
      });
      turn = rolled.catch(() => undefined);
      return rolled;
    },
    async close() {
      await turn;
      await file.close();
    },
  };
}

async function writeAt(file: FileHandle, bytes: Buffer, from: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, from + done);
    done += bytesWritten;
  }
}

interface Open {
  readonly file: FileHandle;
  readonly base: number;
  readonly size: number;
}

async function openLast(folder: string): Promise<Open> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const last = (await segmentsOf(folder)).at(-1);
  if (last === undefined) return { file: await create(folder, 0), base: 0, size: 0 };
  const file = await open(last.path, 'r+');
  const size = await soundSize(file);
  await file.truncate(size);
  return { file, base: last.base, size };
}

/** Up to the last whole frame: what follows was cut short by a crash before anybody was told that it is kept. */
async function soundSize(file: FileHandle): Promise<number> {
  const bytes = await file.readFile();
  let end = bytes.lastIndexOf(10) + 1;
  while (end > 1) {
    const begin = bytes.lastIndexOf(10, end - 2) + 1;
    if (recordIn(bytes.toString('utf8', begin, end - 1)) !== null) return end;
    end = begin;
  }
  return 0;
}

/** The name is on the disk before anything is in it. */
async function create(folder: string, base: number): Promise<FileHandle> {
  const path = segmentPath(folder, base);
  const file = await open(path, 'a+', 0o600);
  await file.close();
  await syncFolder(folder);
  if (base === 0) await syncFolder(dirname(folder));
  return open(path, 'r+');
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null); // Windows opens no folder
  if (handle === null) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isSkipped } from './real-program.ts';

/** Writes journal files from systemd's export format; Debian's package `systemd-journal-remote`. */
const PROGRAM = '/lib/systemd/systemd-journal-remote';

/** Tests with journals are left out. */
export const withoutJournals = isSkipped('systemd-journal-remote', existsSync(PROGRAM));

export interface JournalEntry {
  readonly message: string | Buffer;
  /** Such as `PRIORITY`. */
  readonly fields?: Readonly<Record<string, string>>;
  /** 32 hex digits. */
  readonly boot?: string;
}

/** One journal file that grows. */
export interface JournalFile {
  readonly path: string;
  write(entries: readonly JournalEntry[]): Promise<void>;
  close(): Promise<void>;
}

const BOOT = 'c220efc91dd440deb89d82c98ddb11a5';

/** Entries lie one millisecond apart, from `startMs` (epoch) on. */
export function journalFile(folder: string, name: string, startMs: number): JournalFile {
  const path = join(folder, `${name}.journal`);
  let remote: ChildProcess | null = null;
  let count = 0;
  const started = () => {
    remote ??= spawn(PROGRAM, [`--output=${path}`, '-'], { stdio: ['pipe', 'ignore', 'ignore'] });
    return remote;
  };
  return {
    path,
    async write(entries) {
      const bytes = Buffer.concat(entries.map((entry) => exported(entry, startMs + count++)));
      await new Promise<void>((resolve) => started().stdin?.write(bytes, () => resolve()));
    },
    async close() {
      const child = remote;
      if (child === null || child.exitCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.stdin?.end();
      await gone;
    },
  };
}

/** https://systemd.io/JOURNAL_EXPORT_FORMATS: a field whose value may hold a newline carries its length, 64 bit little endian. */
function exported({ message, fields, boot }: JournalEntry, atMs: number): Buffer {
  const head = [
    `__REALTIME_TIMESTAMP=${atMs * 1000}`,
    `__MONOTONIC_TIMESTAMP=${(atMs % 1_000_000_000) * 1000}`,
    `_BOOT_ID=${boot ?? BOOT}`,
    ...Object.entries(fields ?? {}).map(([name, value]) => `${name}=${value}`),
  ];
  const text = Buffer.from(message);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([Buffer.from(`${head.join('\n')}\nMESSAGE\n`), length, text, Buffer.from('\n\n')]);
}

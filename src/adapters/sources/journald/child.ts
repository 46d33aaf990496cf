import { spawn } from 'node:child_process';
import type { Clock } from '../../../ports/clock.ts';
import type { Command } from '../../../ports/process.ts';
import { killGroup } from '../../process/group.ts';
import { createTail } from '../../process/tail.ts';

/** A program whose output is read line by line, no faster than it is asked for: unread output stops it in its pipe. */
export interface LineChild {
  /** The whole lines that are there now. */
  take(): readonly Buffer[];
  /** Bytes that are there and were not taken. */
  waiting(): number;
  /** Resolves when there is more to take, the program has ended, or `signal` aborts. */
  more(signal: AbortSignal): Promise<void>;
  /** How it ended, once it has and all of its output was taken: null for well, else the reason. */
  end(): { readonly problem: string | null } | null;
  /** Lines left out since the last call, for being longer than 16 MiB. */
  takeSkipped(): number;
  /** Ends it and everything it started. */
  stop(clock: Clock): Promise<void>;
}

/** Between SIGTERM and SIGKILL. */
const GRACE_MS = 2_000;
const MOST_STDERR = 4096;

export function startLines(command: Command): LineChild {
  const [file, ...args] = command.argv;
  const child = spawn(file, args, {
    cwd: command.cwd,
    env: command.env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stderr = createTail(MOST_STDERR);
  const cutter = lineCutter();
  const gone = Promise.withResolvers<void>();
  let ended: { readonly problem: string | null } | null = null;
  let wake = () => {};
  const end = (problem: string | null) => {
    ended ??= { problem };
    gone.resolve();
    wake();
  };
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdout.on('readable', () => wake());
  child.once('error', (error) => end(`${file} cannot be run: ${error.message}`));
  child.once('close', (code, signal) => end(code === 0 ? null : `${file} ended: ${why(code, signal)}`));
  const why = (code: number | null, signal: string | null) =>
    stderr.text().trim() || (code === null ? `by ${signal}` : `with code ${code}`);
  return {
    take() {
      const chunk: Buffer | null = child.stdout.read();
      return chunk === null ? [] : cutter.push(chunk);
    },
    waiting: () => child.stdout.readableLength,
    async more(signal) {
      if (ended !== null || signal.aborted || child.stdout.readableLength > 0) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        signal.addEventListener('abort', wake, { once: true });
      });
      signal.removeEventListener('abort', wake);
    },
    end: () => (child.stdout.readableLength > 0 ? null : ended),
    takeSkipped: () => cutter.takeSkipped(),
    async stop(clock) {
      if (ended === null) killGroup(child.pid, 'SIGTERM');
      child.stdout.destroy(); // unread output would keep `close` away
      const over = new AbortController();
      void gone.promise.then(() => over.abort());
      await clock.sleep(GRACE_MS, over.signal);
      if (ended === null) killGroup(child.pid, 'SIGKILL');
      await gone.promise;
    },
  };
}

const NEWLINE = 10;
/** A longer line is left out. An entry of 1 MiB that is no UTF-8 takes four times as much as numbers. */
const LONGEST = 16 * 1024 * 1024;

function lineCutter() {
  let parts: Buffer[] = [];
  let size = 0;
  let skipped = 0;
  const add = (bytes: Buffer) => {
    size += bytes.length;
    if (size <= LONGEST) parts.push(bytes);
    else parts = [];
  };
  return {
    takeSkipped() {
      const taken = skipped;
      skipped = 0;
      return taken;
    },
    push(chunk: Buffer): readonly Buffer[] {
      const lines: Buffer[] = [];
      let begin = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, begin)) {
        add(chunk.subarray(begin, end));
        if (size > LONGEST) skipped += 1;
        else lines.push(parts.length === 1 ? (parts[0] ?? chunk) : Buffer.concat(parts));
        parts = [];
        size = 0;
        begin = end + 1;
      }
      add(chunk.subarray(begin));
      return lines;
    },
  };
}

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Clock } from '../../../ports/clock.ts';
import type { Command } from '../../../ports/process.ts';
import { killGroup } from '../../process/group.ts';
import { createTail } from '../../process/tail.ts';
import { lineCutter } from './line-cutter.ts';

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
  const child = start(command);
  const { stdout } = child;
  const cutter = lineCutter();
  const over = new AbortController();
  let ended: { readonly problem: string | null } | null = null;
  let wake = () => {};
  stdout.on('readable', () => wake());
  void endOf(child, command.argv[0]).then((problem) => {
    ended = { problem };
    over.abort();
    wake();
  });
  return {
    take() {
      const chunk: Buffer | null = stdout.read();
      return chunk === null ? [] : cutter.push(chunk);
    },
    waiting: () => stdout.readableLength,
    async more(signal) {
      if (ended !== null || signal.aborted || stdout.readableLength > 0) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        signal.addEventListener('abort', wake, { once: true });
      });
      signal.removeEventListener('abort', wake);
    },
    end: () => (stdout.readableLength > 0 ? null : ended),
    takeSkipped: cutter.takeSkipped,
    async stop(clock) {
      if (ended === null) killGroup(child.pid, 'SIGTERM');
      stdout.destroy(); // unread output would keep the end away
      await clock.sleep(GRACE_MS, over.signal);
      if (ended === null) killGroup(child.pid, 'SIGKILL');
    },
  };
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

function start({ argv: [file, ...args], cwd, env }: Command): Child {
  return spawn(file, args, {
    cwd,
    env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Resolves once it has ended and its output is closed: null for well, else the reason. */
function endOf(child: Child, file: string): Promise<string | null> {
  const stderr = createTail(MOST_STDERR);
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`${file} cannot be run: ${error.message}`));
    child.once('close', (code, signal) => {
      const how = code === null ? `by ${signal}` : `with code ${code}`;
      resolve(code === 0 ? null : `${file} ended: ${stderr.text().trim() || how}`);
    });
  });
}

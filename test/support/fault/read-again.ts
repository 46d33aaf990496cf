import { appendFileSync, closeSync, mkdirSync, openSync, readdirSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '../../../src/adapters/sources/journal/writer.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { fakeEngine } from '../fake-docker/engine.ts';
import { journalFile } from '../journal-files.ts';
import type { Feed } from './feed.ts';
import type { Ledger } from './ledger.ts';
import { lineOf } from './numbered.ts';
import type { Program } from './program.ts';

/** Sources that can be read again: what is written is there, whether anybody reads or not. */
const clock = systemClock();
const usual = {
  senders: 1,
  exceptions: true,
  whileDown: () => undefined,
  end: async () => undefined,
  close: async () => undefined,
};
const text = (numbers: readonly number[]) => numbers.map((n) => lineOf(n, clock.now())).join('');

/** Appends new lines to a log. */
export function writeLines(path: string, sent: Ledger, count: number): void {
  const numbers = sent.draw(count);
  appendFileSync(path, text(numbers));
  sent.note(numbers, 'kept');
}

/** As a program writes: in two pieces that end anywhere, also within a line. */
async function inPieces(whole: string, write: (piece: string) => void): Promise<void> {
  const middle = Math.floor(whole.length / 3);
  write(whole.slice(0, middle));
  await clock.sleep(3);
  write(whole.slice(middle));
}

/**
 * A log that is rotated by renaming, now and then while it is read and at each kill. As with logrotate, its writer goes
 * on in the old file until it opens the new one, at the end of a line. What is rotated away before it was ever read is
 * none of the source's: the first rotation waits for the first commit.
 */
export async function fileFeed({ root, stored }: Program): Promise<Feed> {
  const folder = join(root, 'logs');
  const path = join(folder, 'app.log');
  mkdirSync(folder);
  let file = openSync(path, 'a');
  let written = 0;
  let renamed = false;
  function rotate(): void {
    if (renamed || stored.count('app') === 0) return;
    renamed = true;
    for (let i = readdirSync(folder).length; i > 1; i -= 1) renameSync(`${path}.${i - 1}`, `${path}.${i}`);
    renameSync(path, `${path}.1`);
  }
  function reopen(): void {
    closeSync(file);
    file = openSync(path, 'a');
    renamed = false;
  }
  return {
    ...usual,
    source: 'app',
    configured: { type: 'file', name: 'app', paths: ['logs/app.log'] },
    async hand(numbers) {
      if (renamed) reopen();
      await inPieces(text(numbers), (piece) => writeSync(file, piece));
      written += 1;
      if (written % 50 === 0) rotate();
      return 'kept';
    },
    whileDown: rotate,
    close: async () => closeSync(file),
  };
}

/** The journal of a wrapped command whose process is this one. */
export async function commandFeed({ paths }: Program): Promise<Feed> {
  const journal = openJournal(paths.journals, 'web', clock.now());
  return {
    ...usual,
    source: 'web',
    configured: null,
    async hand(numbers) {
      await inPieces(text(numbers), (piece) => journal.write(piece));
      return 'kept';
    },
    end: () => journal.close(),
  };
}

export async function dockerFeed({ root }: Program): Promise<Feed> {
  const engine = fakeEngine(join(root, 'docker.sock'));
  await engine.start();
  const containers = ['shop-web', 'shop-jobs'].map((name) => engine.run(name));
  let turn = 0;
  return {
    ...usual,
    source: 'containers',
    configured: { type: 'docker', name: 'containers', since: 'oldest', host: engine.host },
    async hand(numbers) {
      turn += 1;
      // Lines of one millisecond have one stamp, as lines that come at once have.
      containers[turn % 2]?.write(text(numbers), 'stdout', BigInt(clock.now()) * 1_000_000n);
      return 'kept';
    },
    close: () => engine.stop(),
  };
}

export async function journaldFeed({ root }: Program): Promise<Feed> {
  const directory = join(root, 'journal');
  mkdirSync(directory);
  const file = journalFile(directory, 'system', clock.now() - 3_600_000);
  return {
    ...usual,
    source: 'system',
    configured: { type: 'journald', name: 'system', since: 'oldest', directory },
    async hand(numbers) {
      await file.write(numbers.map((n) => ({ message: lineOf(n, clock.now()).trimEnd() })));
      return 'kept';
    },
    end: () => file.close(),
    close: () => file.close(),
  };
}

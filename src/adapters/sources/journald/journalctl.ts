import type { Clock } from '../../../ports/clock.ts';
import type { Command, Ended } from '../../../ports/process.ts';
import { baseEnv } from '../../process/base-env.ts';
import { run } from '../../process/run.ts';
import { type LineChild, startLines } from './child.ts';
import { type Entry, entryOf, FIELDS } from './entry.ts';
import type { JournaldSourceOptions } from './options.ts';

export interface JournalPorts {
  readonly clock: Clock;
  /** Of the daemon; journalctl gets the harmless part of it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that a relative `directory` is relative to. */
  readonly root: string;
}

/** What is asked of the journal, each by a `journalctl` of its own. */
export interface Journal {
  /** The newest entry, or the newest before a time, whoever wrote it; null for none. @throws Error with what journalctl says. */
  newest(until: string | null): Promise<Entry | null>;
  /** The entry with this cursor, or else the one that would be shown next; null for none. @throws Error likewise. */
  at(cursor: string): Promise<Entry | null>;
  /** Starts to follow the entries that are asked for, from the one at `cursor` or from the oldest. */
  follow(cursor: string | null): LineChild;
}

/** One entry is at most so long, see child.ts. */
const ENOUGH_BYTES = 16 * 1024 * 1024;
const TIMEOUT_MS = 60_000;

export function journal(options: JournaldSourceOptions, ports: JournalPorts, signal: AbortSignal): Journal {
  const command = (...args: readonly string[]): Command => ({
    argv: ['journalctl', ...ALWAYS, ...place(options), ...args],
    cwd: ports.root,
    env: baseEnv(ports.env),
  });
  return {
    async newest(until) {
      const before = until === null ? [] : [`--until=${until}`];
      const asked = command('--reverse', '--lines=1', ...before);
      return firstOf(await run(asked, { timeoutMs: TIMEOUT_MS, maxOutputBytes: ENOUGH_BYTES }, signal));
    },
    async at(cursor) {
      // `--lines=1` would count from the end in some versions: the rest is left in the pipe instead.
      const child = startLines(command(`--cursor=${cursor}`));
      try {
        return await firstEntry(child, signal);
      } finally {
        await child.stop(ports.clock);
      }
    },
    follow: (cursor) =>
      startLines(
        command(
          '--follow',
          '--no-tail',
          ...(cursor === null ? [] : [`--cursor=${cursor}`]),
          ...wanted(options),
        ),
      ),
  };
}

/**
 * `--merge`, since `--follow` alone reads nothing of earlier boots and fails in an empty journal. `--all`, since long
 * fields would be null.
 */
const ALWAYS = [
  '--output=json',
  `--output-fields=${FIELDS.join(',')}`,
  '--all',
  '--merge',
  '--quiet',
  '--no-pager',
];

function place({ directory }: JournaldSourceOptions): readonly string[] {
  return directory === null ? [] : [`--directory=${directory}`];
}

function wanted({ units, identifiers, priority }: JournaldSourceOptions): readonly string[] {
  return [
    ...units.map((unit) => `--unit=${unit}`),
    ...identifiers.map((identifier) => `--identifier=${identifier}`),
    // With any priority at all, entries that carry none would be left out.
    ...(priority === 'debug' ? [] : [`--priority=${priority}`]),
  ];
}

function firstOf({ exit, code, stdout, stderr }: Ended): Entry | null {
  if (exit !== 'code' || code !== 0)
    throw new Error(stderr.trim() || `journalctl ended: ${exit} ${code ?? ''}`);
  return entryOf(stdout.split('\n', 1)[0] ?? '');
}

async function firstEntry(child: LineChild, signal: AbortSignal): Promise<Entry | null> {
  while (!signal.aborted) {
    const [line] = child.take();
    if (line !== undefined) return entryOf(line.toString('utf8'));
    const end = child.end();
    if (end?.problem) throw new Error(end.problem);
    if (end !== null) return null;
    await child.more(signal);
  }
  return null;
}

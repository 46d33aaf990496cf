import { fstatSync } from 'node:fs';
import { basename } from 'node:path';
import type { Client } from '../../client/client.ts';
import type { House, Journal } from '../../ports/house.ts';
import type { View } from '../../tui/live.tsx';
import { wholeLines } from '../../tui/whole-lines.ts';
import type { Context, Io } from '../context.ts';

/** Lines that this process itself brings to the daemon: of a wrapped command, or of stdin. */
export interface Feed {
  /** Exit code, once it has ended and the daemon has read it all (or has had its time). */
  readonly ended: Promise<number>;
  /** Asks it to end. */
  readonly stop: () => void;
}

export interface Parts {
  readonly context: Context;
  readonly house: House;
  readonly client: Client;
  readonly view: View;
}

/** How long the daemon may take to read the rest after the end. */
const READ_OUT_MS = 10_000;
const POLL_MS = 100;

/** Null when there is neither a command nor a pipe: then only the configured sources are watched. */
export async function beginFeed(parts: Parts, command: readonly string[]): Promise<Feed | null> {
  const [file, ...args] = command;
  if (file !== undefined) return wrapCommand(parts, [file, ...args]);
  if (!isPiped(parts.context.io)) return null;
  parts.view.show({ kind: 'note', text: 'reading stdin' });
  return readStdin(parts);
}

/** The name of a command's source: the same command learns on from where it was. */
export function sourceName(argv: readonly string[]): string {
  const [file = 'command', ...args] = argv;
  const words = [basename(file), ...args.filter((word) => !word.startsWith('-')).slice(0, 2)];
  const name = words.map((word) => basename(word).replaceAll(/[^\w.-]+/g, '-')).join('-');
  return name.replaceAll(/^-+|-+$/g, '').slice(0, 64) || 'command';
}

async function wrapCommand(parts: Parts, argv: readonly [string, ...string[]]): Promise<Feed> {
  const { context, house, view } = parts;
  const { journal, name } = await attach(parts, sourceName(argv));
  const lines = { stdout: wholeLines(), stderr: wholeLines() };
  for (const stream of Object.values(lines)) stream.open((text) => journal.write(text));
  // Signals are the command's business now: we end when it ends.
  context.holdSignals();
  const wrapped = house.wrap(argv, (text, to) => {
    view.output(text, to);
    lines[to].write(text);
  });
  const deaf = context.program.onSignal((signal) => wrapped.signal(signal));
  const settle = async (): Promise<number> => {
    try {
      return await wrapped.exit;
    } finally {
      deaf();
      for (const stream of Object.values(lines)) stream.end();
      await journal.close();
      await readOut(parts, name);
    }
  };
  return { ended: settle(), stop: () => wrapped.signal('SIGINT') };
}

async function readStdin(parts: Parts): Promise<Feed> {
  const { stdin } = parts.context.io;
  const { journal, name } = await attach(parts, 'stdin');
  stdin.setEncoding('utf8');
  const ended = drain(stdin, journal).then(async () => {
    await readOut(parts, name);
    return 0;
  });
  return { ended, stop: () => void stdin.destroy() };
}

async function drain(stdin: NodeJS.ReadStream, journal: Journal): Promise<void> {
  try {
    for await (const text of stdin) journal.write(String(text));
  } catch (error) {
    // Destroyed by `stop`, or the writer broke off: what came is kept.
    if (!stdin.destroyed) throw error;
  } finally {
    await journal.close();
  }
}

async function attach({ house, client }: Parts, wanted: string) {
  const journal = await house.journal(wanted);
  const { name } = await client.attachJournal({ name: wanted, journal: journal.path });
  return { journal, name };
}

/** A journal that was read to its end leaves the list of sources. */
async function readOut({ client, context }: Parts, name: string): Promise<void> {
  const { clock } = context.program;
  const deadline = clock.now() + READ_OUT_MS;
  while (clock.now() < deadline) {
    const status = await client.status().catch(() => null);
    const source = status?.sources.find((one) => one.name === name);
    if (source === undefined || source.state === 'ended') return;
    await clock.sleep(POLL_MS);
  }
}

/** A pipe or a file, not a terminal and not nothing (`/dev/null`). */
function isPiped({ stdin }: Io): boolean {
  if (stdin.isTTY || !('fd' in stdin) || typeof stdin.fd !== 'number') return false;
  try {
    const kind = fstatSync(stdin.fd);
    return kind.isFIFO() || kind.isFile() || kind.isSocket();
  } catch {
    // Closed from the start.
    return false;
  }
}

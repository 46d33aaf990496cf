import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Client } from '../../src/client/client.ts';
import type { Program, Signal } from '../../src/commands/context.ts';
import { run } from '../../src/commands/main.ts';
import type { ChangeView } from '../../src/contract/system-views.ts';
import type { House } from '../../src/ports/house.ts';

export interface Script {
  /** Answers of the daemon; null when none runs. Unlisted routes are a failure of the test. */
  readonly client?: Partial<Client> | null;
  readonly house?: Partial<House>;
  readonly env?: Readonly<Record<string, string>>;
  /** Called once the command is under way, with the way to send it a signal. */
  readonly during?: (send: (name: Signal) => void) => void;
  readonly daemon?: () => Promise<number>;
  readonly cwd?: string;
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line with a scripted daemon and house, in an empty folder. */
export async function runScripted(argv: readonly string[], script: Script = {}): Promise<Ran> {
  const out = collector();
  const err = collector();
  const cwd = script.cwd ?? realpathSync(mkdtempSync(join(tmpdir(), 'vigilai-commands-')));
  const ears = new Set<(name: Signal) => void>();
  const program: Program = {
    version: '9.8.7',
    self: ['node', 'vigilai'],
    io: { stdin: quietStdin(), stdout: out.stream, stderr: err.stream },
    cwd,
    around: { env: { ...script.env }, platform: 'linux', home: cwd, tmp: cwd, uid: 1000 },
    clock: { now: () => Date.parse('2026-11-23T12:00:42.000Z'), sleep: () => new Promise(setImmediate) },
    hungUp: new AbortController().signal,
    onSignal(hear) {
      ears.add(hear);
      return () => ears.delete(hear);
    },
    compose: () =>
      Promise.resolve({
        house: () => Promise.resolve(scripted<House>('house', script.house ?? {})),
        daemon: script.daemon ?? (() => Promise.resolve(0)),
      }),
    reach: {
      ensure: () => Promise.resolve(scripted<Client>('client', script.client ?? {})),
      connect: () =>
        Promise.resolve(script.client === null ? null : scripted<Client>('client', script.client ?? {})),
    },
  };
  const running = run(argv, program);
  script.during?.((name) => {
    for (const hear of ears) hear(name);
  });
  return { code: await running, out: out.text(), err: err.text() };
}

/** A change stream that brings these and then stays open until it is left. */
export async function* changesOf(
  changes: readonly ChangeView[],
  signal: AbortSignal,
): AsyncGenerator<ChangeView> {
  yield* changes;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function collector() {
  const stream = new PassThrough();
  const parts: string[] = [];
  stream.on('data', (part: Buffer) => parts.push(part.toString()));
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => parts.join('') };
}

/** Not a terminal, not a pipe: as under cron. */
function quietStdin(): NodeJS.ReadStream {
  return new PassThrough() as unknown as NodeJS.ReadStream;
}

function scripted<T extends object>(what: string, given: Partial<T>): T {
  return new Proxy(given as T, {
    get(target, name) {
      // A promise is awaited by asking for its `then`.
      if (name in target || name === 'then') return Reflect.get(target, name) as unknown;
      throw new Error(`the test has no ${what}.${String(name)}`);
    },
  });
}

import type { ContainerFacts } from './engine.ts';

/** A message as the engine's json-file driver keeps it. */
export interface Logged {
  readonly lane: 'stdout' | 'stderr';
  /** Nanoseconds since the epoch. */
  readonly time: bigint;
  /** With its line end; a piece of a long line has none. */
  readonly bytes: Buffer;
}

export interface FakeContainer extends Omit<ContainerFacts, 'running'> {
  readonly id: string;
  name(): string;
  running(): boolean;
  start(): void;
  stop(): void;
  rename(name: string): void;
  /** Writes text as a program would: cut into lines, long ones into pieces of 16 KiB that all bear the first one's time. */
  write(text: string | Buffer, lane?: Logged['lane'], time?: bigint): void;
  /** Puts one message into the log as it is. */
  log(logged: Logged): void;
  /** What the log has. */
  kept(): readonly Logged[];
  /** The log file is rotated: the oldest messages are gone. */
  forget(count: number): void;
  follow(onLogged: (logged: Logged) => void, onStop: () => void): () => void;
}

/** Where the copier of the engine cuts a line. */
const PIECE_BYTES = 16 * 1024;
export const FIRST_TIME = BigInt(Date.UTC(2026, 0, 5, 12)) * 1_000_000n;

export function fakeContainer(
  id: string,
  firstName: string,
  facts: Partial<ContainerFacts>,
  tell: (action: string) => void,
): FakeContainer {
  const logged: Logged[] = [];
  const followers = new Map<(logged: Logged) => void, () => void>();
  const tty = facts.tty ?? false;
  let name = firstName;
  let running = false;
  let next = FIRST_TIME;

  const log = (one: Logged) => {
    logged.push(one);
    for (const onLogged of followers.keys()) onLogged(one);
  };
  return {
    id,
    image: facts.image ?? `${firstName}:1`,
    labels: facts.labels ?? {},
    tty,
    name: () => name,
    running: () => running,
    start() {
      running = true;
      tell('start');
    },
    stop() {
      if (!running) return;
      running = false;
      for (const onStop of followers.values()) onStop();
      followers.clear();
      tell('die');
    },
    rename(to) {
      name = to;
      tell('rename');
    },
    write(text, lane = 'stdout', time) {
      for (const line of linesOf(Buffer.from(text), tty)) {
        const at = time ?? next;
        if (time === undefined) next += 1_000_000n;
        for (const bytes of piecesOf(line)) log({ lane, time: at, bytes });
      }
    },
    log,
    kept: () => logged,
    forget: (count) => void logged.splice(0, count),
    follow(onLogged, onStop) {
      followers.set(onLogged, onStop);
      return () => followers.delete(onLogged);
    },
  };
}

/** A terminal ends lines with CR LF. */
function linesOf(text: Buffer, tty: boolean): readonly Buffer[] {
  const lines: Buffer[] = [];
  let begin = 0;
  for (let end = text.indexOf(10); end >= 0; end = text.indexOf(10, begin)) {
    lines.push(Buffer.concat([text.subarray(begin, end), Buffer.from(tty ? '\r\n' : '\n')]));
    begin = end + 1;
  }
  if (begin < text.length) lines.push(text.subarray(begin));
  return lines;
}

function piecesOf(line: Buffer): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at === 0 || at < line.length; at += PIECE_BYTES) {
    pieces.push(line.subarray(at, at + PIECE_BYTES));
  }
  return pieces;
}

import type { Client } from '../client/client.ts';
import type { Config, Settings } from '../config/config.ts';
import type { Paths, Surroundings } from '../config/paths.ts';
import type { Clock } from '../ports/clock.ts';
import type { House } from '../ports/house.ts';
import type { Printer } from './print.ts';

export interface Io {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** A workspace with its settings: all that a composition needs to know. */
export interface Place {
  readonly paths: Paths;
  readonly settings: Settings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
}

/** What `compose/local.ts` makes of a place. */
export interface Composition {
  house(place: Place): Promise<House>;
  /** Is the daemon of the place until it is told to stop or has been idle for long; answers the exit code. */
  daemon(place: Place): Promise<number>;
}

/** How a command comes to a daemon. */
export interface Reach {
  /** Starts one if none runs. @throws VigilError `daemon_unreachable`. */
  ensure(place: Place): Promise<Client>;
  /** Null when none runs. */
  connect(place: Place): Promise<Client | null>;
}

/** What the process hands in. Tests hand in another. */
export interface Program {
  readonly version: string;
  /** How this program is started: file and first arguments. */
  readonly self: readonly [file: string, ...args: string[]];
  readonly io: Io;
  readonly cwd: string;
  readonly around: Surroundings;
  readonly clock: Clock;
  /** Aborts when nobody reads our output any more. */
  readonly hungUp: AbortSignal;
  /** Hears signals of the terminal until the answered function is called. */
  onSignal(hear: (name: Signal) => void): () => void;
  /** Imports the composition; heavy, so only commands that need it ask. */
  compose(): Promise<Composition>;
  /** Null for the real one. */
  readonly reach?: Reach;
}

/** What a command gets. Everything in it is made when first asked for. */
export interface Context {
  readonly program: Program;
  readonly io: Io;
  readonly print: Printer;
  /** Aborts on Ctrl-C, SIGTERM and SIGHUP, and when nobody reads our output. */
  readonly signal: AbortSignal;
  /** From now on the command hears signals itself (`program.onSignal`) and `signal` stays quiet. */
  holdSignals(): void;
  /**
   * The workspace of `cwd`, or the one at `root`, with its settings; `flags` win over everything.
   * @throws VigilError `bad_config`.
   */
  place(flags?: Config, root?: string | null): Promise<Place>;
  house(flags?: Config): Promise<House>;
  /** A client of the workspace's daemon, started if need be. @throws VigilError `daemon_unreachable`. */
  client(): Promise<Client>;
  /** Null when no daemon runs. */
  connected(): Promise<Client | null>;
}

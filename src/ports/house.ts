import type { FixRules } from '../domain/fix.ts';
import type { CodeAgent } from './agent.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { LanguageModel } from './model.ts';
import type { Sandbox } from './process.ts';
import type { Repository } from './repository.ts';
import type { Secrets } from './secrets.ts';
import type { Batch, Source } from './source.ts';
import type { Syntax } from './syntax.ts';
import type { Parser } from './syntax-tree.ts';
import type { Templates } from './templates.ts';
import type { Toolchains } from './toolchain.ts';
import type { Proposals } from './workspace.ts';

/** One line of `vigilai doctor`. */
export interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'missing';
  readonly detail: string;
  /** What to type or install; null when there is nothing to do. */
  readonly next: string | null;
}

/** A command that is run beside us: its output passes through and is also written to a journal. */
export interface WrappedCommand {
  /** The child's own exit code, or 128 + signal number. */
  readonly exit: Promise<number>;
  /** Hands a signal on to the child's process group. */
  signal(name: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void;
}

/** Where the lines of a command or of stdin are kept until the daemon has read them (0600). */
export interface Journal {
  /** File that the daemon reads like any other. */
  readonly path: string;
  write(text: string): void;
  /** Flushes and marks the end. */
  close(): Promise<void>;
}

/** Small per-user choices, where a lost concurrent write harms nobody. */
export interface Preferences {
  get(key: 'theme' | 'lastWorkspace'): Promise<string | null>;
  set(key: 'theme' | 'lastWorkspace', value: string): Promise<void>;
}

/** A running sample service for `demo`. */
export interface DemoApp {
  /** Temporary folder that holds `root`, with room for state beside it. */
  readonly folder: string;
  /** Its own repository, with history. */
  readonly root: string;
  readonly logFile: string;
  /** Sends one request; answers its status, or 0 when the connection broke. */
  request(path: string): Promise<number>;
  stop(): Promise<void>;
  /** Stops it and deletes `folder`. */
  remove(): Promise<void>;
}

/** A source, to be looked at. */
export interface TriedSource {
  readonly type: string;
  readonly source: Source;
}

/** What commands reach without a daemon. Composed once, in bin; adapters stay behind it. */
export interface House {
  readonly clock: Clock;
  readonly log: Log;
  readonly templates: Templates;
  readonly secrets: Secrets;
  readonly preferences: Preferences;
  /** Null when no provider is configured or `offline` is set. */
  readonly model: LanguageModel | null;
  /** Takes a second look at a model's claims; null unless `diagnosis.verify` is set. */
  readonly verifier: LanguageModel | null;
  /** The engine by name; null for the configured one. @throws VigilError `usage` for an unknown name. */
  agent(engine: string | null): Promise<CodeAgent>;
  toolchains(): Toolchains;
  readonly parser: Parser;
  readonly proposals: Proposals;
  /** Name of the sandbox that tests run in. */
  readonly sandboxName: Sandbox['name'];
  readonly fixRules: FixRules;
  /** The branch of a fix that was made in this workspace, by its id or the beginning of it; null when there is none. */
  branchOfFix(id: string): Promise<string | null>;
  /** @throws VigilError `no_repository`, `tool_missing` (no git). */
  repositoryAt(dir: string): Promise<Repository>;
  readonly syntax: Syntax;
  /**
   * A file (or `-` for stdin) read once to its end: its lines, or the events where it is a dump of OTLP/JSON. @throws
   * VigilError `bad_input` for a folder, a binary file, or one that cannot be read.
   */
  readToEnd(path: string): AsyncIterable<Batch>;
  /** Files below a path, sorted; the path itself when it is a file. @throws VigilError `bad_input`. */
  filesBelow(path: string): Promise<readonly string[]>;
  /**
   * Writes a file, with the folders on its way; what was there stays until all parts have come. @throws VigilError
   * `disk_full`, `bad_input`; and what the parts throw.
   */
  writeText(path: string, parts: AsyncIterable<string>): Promise<void>;
  journal(source: string): Promise<Journal>;
  /**
   * A configured source by itself, read from its beginning; what it is sent is kept nowhere.
   * @throws VigilError `usage` naming the sources there are.
   */
  source(name: string): Promise<TriedSource>;
  wrap(
    argv: readonly [string, ...string[]],
    onOutput: (text: string, to: 'stdout' | 'stderr') => void,
  ): WrappedCommand;
  inspect(): Promise<readonly Finding[]>;
  /** Copies the sample service to a new temporary folder, commits its history and starts it. */
  startDemo(): Promise<DemoApp>;
}

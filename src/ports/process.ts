/** A command to run: argv, never a shell string. */
export interface Command {
  readonly argv: readonly [file: string, ...args: string[]];
  readonly cwd: string;
  /** The whole environment of the child; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
}

export interface RunLimits {
  readonly timeoutMs: number;
  /** Output beyond this many bytes is dropped (the tail is kept). */
  readonly maxOutputBytes: number;
}

export interface Ended {
  readonly exit: 'code' | 'signal' | 'timeout' | 'cancelled' | 'not_found';
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

/** What a confined command may see and touch. */
export interface Confinement {
  /** The only folders it may write, absolute. */
  readonly writable: readonly string[];
  /** Folders of the home directory that stay readable (an agent's own credentials), absolute. */
  readonly readableHome: readonly string[];
  readonly network: boolean;
}

/** Puts a command in a box. `none` is a sandbox too: it changes nothing and says so. */
export interface Sandbox {
  readonly name: 'bubblewrap' | 'sandbox-exec' | 'none';
  confine(command: Command, confinement: Confinement): Command;
}

/** Runs a command to its end, its whole process group with it. Settles in every case; never throws for what it does. */
export type Run = (
  command: Command,
  limits: RunLimits,
  signal: AbortSignal,
  input?: string,
) => Promise<Ended>;

import type { FixEnd, FixLimits } from '../../../src/domain/fix.ts';

/** What a hostile agent can do; everything that fails is passed over, as a determined one would. */
export interface Hands {
  readonly workspace: string;
  readonly home: string;
  /** What it was told. */
  readonly brief: string;
  /** 1 is the first. */
  readonly round: number;
  /** The user's checkout, found through the objects that the workspace borrows; empty where it cannot be. */
  readonly victim: string;
  /** Text of a file, relative paths seen from the workspace; empty where it cannot be read. */
  read(path: string): string;
  write(path: string, text: string): void;
  edit(path: string, change: (text: string) => string): void;
  remove(path: string): void;
  /** Runs `sh -c` in the workspace and waits. */
  shell(script: string): string;
  say(text: string): Promise<void>;
  /** Asks for leave to edit a path. */
  ask(path: string): Promise<boolean>;
  /** Writes a fix that would hold, with its test. */
  fix(): void;
  hang(): Promise<never>;
}

export type Box = 'bubblewrap' | 'none';

export type Leak = 'files of the user' | 'remote' | 'process' | 'workspace' | 'secret';

export interface Scenario {
  readonly name: string;
  /** What it tries, in a few words, for the table. */
  readonly tries: string;
  /** The expected end; one for each box where they differ. */
  readonly end: FixEnd['end'] | Readonly<Record<Box, FixEnd['end']>>;
  /** What gets through where no sandbox confines the agent; nothing ever does with one. */
  readonly leaksWithoutBox?: readonly Leak[];
  readonly limits?: Partial<FixLimits>;
  /** The person cancels as soon as the agent has said this. */
  readonly cancelAt?: string;
  readonly act: (hands: Hands) => Promise<void> | void;
}

export function endIn(box: Box, { end }: Scenario): FixEnd['end'] {
  return typeof end === 'string' ? end : end[box];
}

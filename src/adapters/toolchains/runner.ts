import type { FileCoverage, TestResult } from '../../domain/fix.ts';
import type { Language } from '../../domain/trace.ts';
import type { Ended } from '../../ports/process.ts';
import type { TestRequest } from '../../ports/toolchain.ts';
import type { Package } from './package.ts';

/** One test runner in one package: how it is called, and how its reports are read. Starts no process. */
export interface Runner {
  readonly name: string;
  readonly language: Language;
  readonly framework: string | null;
  readonly package: Package;
  /** Programs of ours that the runner loads, by name; they stand in `Places.scratch` before the commands run. */
  readonly programs: Readonly<Record<string, string>>;
  /** Globs of what an earlier run has left in the package: removed before the next. */
  readonly stale: readonly string[];
  /** What of the user's machine the runs must be able to read, absolute: installed packages, caches of downloads. */
  readonly readable: readonly string[];
  /** Of each output stream, the end that is kept. */
  readonly maxOutputBytes: number;
  /** `path` is relative to the package. */
  isTest(path: string): boolean;
  /** The first runs the tests; those after it turn what was measured into text. Files are relative to the package. */
  commands(request: TestRequest, at: Places): readonly [RunnerCommand, ...RunnerCommand[]];
  /** `ended` is the end of the first command. */
  read(request: TestRequest, at: Places, ended: Ended): Promise<Report>;
  /** The runner says by this that there is not a single test. */
  foundNone(ended: Ended): boolean;
  /** What to type when the runner says by this that packages are missing; null when it does not. */
  missing(ended: Ended): Missing | null;
  /** Fetches what is missing into `Places.cache`, with network; null where it cannot. */
  download(at: Places): RunnerCommand | null;
  /** Its output as a person would want to read it. */
  said(ended: Ended): string;
  /** Argv for a person, at the workspace's root; `files` relative to it. */
  rerun(files: readonly string[]): readonly string[];
}

export interface RunnerCommand {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
}

/** Folders that a run may write beside the workspace itself. */
export interface Places {
  /** Of this run alone: reports, and HOME and temp of the tests. */
  readonly scratch: string;
  /** Of all runs in this workspace: build caches. Gone with it, so that one fix cannot poison another. */
  readonly cache: string;
}

/** Files are relative to the package. */
export interface Report {
  readonly results: readonly TestResult[];
  readonly coverage: readonly FileCoverage[] | null;
}

export interface Missing {
  readonly what: string;
  readonly hint: string;
}

/** Of a runner that needs nothing beside its own installation, and speaks plainly. */
export const PLAIN = {
  programs: {},
  stale: [],
  readable: [],
  maxOutputBytes: 4 * 1024 * 1024,
  missing: () => null,
  download: (): RunnerCommand | null => null,
  said: ({ stdout, stderr }: Ended) => `${stdout}\n${stderr}`.trim(),
} as const;

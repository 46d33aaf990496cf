import type { TestRef, TestRun } from '../domain/fix.ts';
import type { Language } from '../domain/trace.ts';

export interface TestRequest {
  /** Test files, relative to the workspace; empty for the whole suite. */
  readonly files: readonly string[];
  /** Only this one of them; null for all. */
  readonly only: TestRef | null;
  readonly coverage: boolean;
  /** Deadline of this run, ms, where it is sooner than the toolchain's own. */
  readonly timeoutMs?: number;
}

/** How the tests of one project are run. */
export interface Toolchain {
  /** Such as `node:test`, `vitest`, `jest`, `pytest`. */
  readonly name: string;
  readonly language: Language;
  readonly framework: string | null;
  /** Would the runner pick this path up as a test? */
  isTest(path: string): boolean;
  /** Runs tests in the tree as it stands. Confined, with a deadline, no network. */
  run(request: TestRequest, signal: AbortSignal): Promise<TestRun>;
  /** Runs a command of the project's in the tree as it stands, confined like tests; a run without results. */
  command(argv: readonly [string, ...string[]], signal: AbortSignal): Promise<TestRun>;
  /** Argv that a person types to run these test files. */
  rerun(files: readonly string[]): readonly string[];
}

export interface Toolchains {
  /** The toolchain of the project at `workspace`; null when none is recognised. `suspect` picks the package. */
  detect(workspace: string, suspect: string | null): Promise<Toolchain | null>;
}

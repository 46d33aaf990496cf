import type { TestRef, TestRun } from '../domain/fix.ts';
import type { Project } from '../domain/project.ts';
import type { Language } from '../domain/trace.ts';

export interface TestRequest {
  /** Test files, relative to the workspace; empty for the whole suite. */
  readonly files: readonly string[];
  /** Only this one, as an earlier run named it, whatever `files` says; null for all. */
  readonly only: TestRef | null;
  /** Measure which lines run. */
  readonly coverage: boolean;
  /** Deadline of this run, ms, where it is sooner than the toolchain's own. */
  readonly timeoutMs?: number;
}

/** How the tests of one project are run. */
export interface Toolchain {
  /** Such as `node:test`, `vitest`, `pytest`, `go test`, `maven`, `rspec`. */
  readonly name: string;
  readonly language: Language;
  /** Null for a runner that comes with the language. */
  readonly framework: string | null;
  /** Would the runner pick this path up as a test? */
  isTest(path: string): boolean;
  /**
   * Runs tests in the tree as it stands. Confined, with a deadline, no network. A run that was killed gives what it
   * said until then, and is not `ok`.
   * @throws VigilError `tool_missing` where packages that the tests need are not on this machine.
   */
  run(request: TestRequest, signal: AbortSignal): Promise<TestRun>;
  /** Runs a command of the project's in the tree as it stands, confined like tests; a run without results. */
  command(argv: readonly [string, ...string[]], signal: AbortSignal): Promise<TestRun>;
  /** Argv that a person types to run these test files. */
  rerun(files: readonly string[]): readonly string[];
}

export interface Toolchains {
  /**
   * The toolchain of the project at `workspace`; null when none is recognised. `suspect` picks the package. What is
   * certain about `project` goes before what the files suggest.
   * @throws VigilError `tool_missing` where the runner or its packages are not on this machine.
   */
  detect(workspace: string, suspect: string | null, project?: Project | null): Promise<Toolchain | null>;
}

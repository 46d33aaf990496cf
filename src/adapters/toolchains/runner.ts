import type { TestResult } from '../../domain/fix.ts';
import type { Language } from '../../domain/trace.ts';
import type { Ended } from '../../ports/process.ts';
import type { Project } from './project.ts';

/** One test runner in one package: how it is called, and how its report is read. Knows no process. */
export interface Runner {
  readonly name: string;
  readonly language: Language;
  readonly framework: string | null;
  readonly project: Project;
  /** `path` is relative to the package. */
  isTest(path: string): boolean;
  /** `files` are relative to the package; `report` is where the machine-readable result goes. */
  command(
    files: readonly string[],
    report: string,
  ): { argv: readonly [string, ...string[]]; env: Record<string, string> };
  /** Files of the results are relative to the package. `report` is null when the runner wrote none. */
  read(report: string | null, ended: Ended): readonly TestResult[];
  /** The runner says by this that there is not a single test. */
  foundNone(ended: Ended): boolean;
  /** Argv for a person, at the workspace's root; `files` relative to it. */
  rerun(files: readonly string[]): readonly string[];
}

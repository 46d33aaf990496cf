import type { Check, FixPlan, TestRef } from '../../domain/fix.ts';
import type { Parser } from '../../ports/syntax-tree.ts';
import type { Toolchain } from '../../ports/toolchain.ts';
import type { FileChange, Workspace } from '../../ports/workspace.ts';
import type { Baseline } from './baseline.ts';
import type { ChangeParts } from './change-parts.ts';
import type { Runs } from './runs.ts';

export interface ProofInput {
  readonly plan: Pick<FixPlan, 'errorType' | 'fault' | 'limits' | 'proof'>;
  readonly workspace: Pick<Workspace, 'checkout'>;
  readonly toolchain: Toolchain;
  readonly parser: Parser;
  /** As sealed. */
  readonly changes: readonly FileChange[];
  readonly sandboxName: string;
  /** Shows that the signal of the fix's instrumentation is emitted when the fault is back. Absent: it has none. */
  readonly monitoring?: Step;
  /** Lines of the fix, by file, that are that instrumentation's: they run when the fault is back. Absent: none. */
  readonly monitoringLines?: Readonly<Record<string, readonly number[]>>;
  readonly onStep: (check: Check['name']) => void;
}

/** What checks have found, for those after them. */
export interface Findings {
  readonly baseline: Baseline | null;
  /** Tests that fail without the fix. */
  readonly newTests: readonly TestRef[];
  /** Longest run of the new tests with the fix, ms; null before there was one. */
  readonly testsTakeMs: number | null;
}

export interface ProofCase extends Findings {
  readonly input: ProofInput;
  readonly parts: ChangeParts;
  readonly runs: Runs;
}

export interface Verdict extends Pick<Check, 'result' | 'detail'> {
  readonly found?: Partial<Findings>;
}

/** One check. @throws VigilError `cancelled`. */
export type Step = (at: ProofCase) => Promise<Verdict>;

export function ok(detail: string, found: Partial<Findings> = {}): Verdict {
  return { result: 'ok', detail, found };
}

export function failed(detail: string): Verdict {
  return { result: 'failed', detail };
}

export function notApplicable(detail: string): Verdict {
  return { result: 'not_applicable', detail };
}

import type { CodeLocation } from './diagnosis.ts';
import type { Language, StackTrace } from './trace.ts';

export type ChangeType = 'create' | 'modify' | 'delete';

export interface ChangedFile {
  readonly path: string;
  readonly changeType: ChangeType;
}

/** What the agent may change, at most. */
export interface FixLimits {
  readonly maxFiles: number;
  readonly maxLines: number;
  /** Globs that must not change, beside those that never may (`.git`, `.github`, lockfiles, agent steering). */
  readonly protectedPaths: readonly string[];
  /** May lists of dependencies and lockfiles change? Absent: no. */
  readonly allowDependencies?: boolean;
  /** Most rounds of agent and proof, at least 1. */
  readonly rounds: number;
  /** Deadlines of the agent in ms: `turnMs` is for one round, `totalMs` for all together. */
  readonly startMs: number;
  readonly idleMs: number;
  readonly turnMs: number;
  readonly totalMs: number;
}

/** How much a fix has to show. */
export interface ProofRules {
  /** How often the new tests have to pass with the fix, at least 1. */
  readonly runs: number;
  /** Share of the changed executable lines that the new tests have to run, [0.8,1]. */
  readonly minCoverage: number;
  /** Argv that fails on the base and succeeds with the fix; null where none is known. */
  readonly reproduce: readonly [string, ...string[]] | null;
}

/** What configuration says about fixes. */
export interface FixRules extends FixLimits {
  readonly proof: ProofRules;
  readonly monitoring: 'auto' | 'off';
}

/** The fault as data: what was seen, and where it is thought to be. */
export interface Fault {
  /** What the error or log line said; null for a metric. Telemetry: untrusted. */
  readonly message: string | null;
  readonly trace: StackTrace | null;
  /** Best first. */
  readonly suspects: readonly CodeLocation[];
}

/** Pure data; `--dry-run` prints it. */
export interface FixPlan {
  readonly anomalyId: string;
  readonly diagnosisId: string;
  /** `vigilai/<slug>`; the branch is the identity of the fix. */
  readonly branch: string;
  /** Commit that the workspace is cloned from. */
  readonly baseCommit: string;
  readonly baseBranch: string;
  readonly title: string;
  /** File that is most likely at fault; it picks the package whose tests are run. */
  readonly suspect: string | null;
  /** Class of the anomaly's error, such as `TypeError`: a new test may fail with it. Null for other anomalies. */
  readonly errorType: string | null;
  readonly fault: Fault;
  readonly monitoring: 'auto' | 'off';
  /** What the agent is told. */
  readonly brief: string;
  readonly limits: FixLimits;
  readonly proof: ProofRules;
  /** Commit message of the one commit; carries the anomaly id. */
  readonly commitMessage: string;
}

export interface TestRef {
  /** Path relative to the workspace. */
  readonly file: string;
  readonly name: string;
}

export interface TestResult extends TestRef {
  /** `errored`: it could not be loaded or set up, or broke outside of the test itself. */
  readonly outcome: 'passed' | 'failed' | 'errored' | 'skipped';
  /** First lines of what the runner said; empty when it passed. */
  readonly message: string;
}

/** What one run executed of a file. Lines are 1-based; those that hold no code are in neither list. */
export interface FileCoverage {
  /** Path relative to the workspace. */
  readonly file: string;
  readonly covered: readonly number[];
  readonly uncovered: readonly number[];
}

/** One run of a project's tests. */
export interface TestRun {
  readonly command: readonly string[];
  readonly ok: boolean;
  readonly results: readonly TestResult[];
  /** Null where it was not asked for, or the tool gave none. */
  readonly coverage: readonly FileCoverage[] | null;
  readonly durationMs: number;
  /** Last part of the output, for the report. */
  readonly outputTail: string;
}

/** One line of the proof table. */
export interface Check {
  readonly name:
    | 'policy'
    | 'tamper'
    | 'baseline'
    | 'fails_before'
    | 'passes_after'
    | 'suite'
    | 'fails_reverted'
    | 'coverage'
    | 'mutation'
    | 'monitoring'
    | 'replay';
  /** `not_applicable`: there is nothing of the kind to check, and it counts neither for nor against. */
  readonly result: 'ok' | 'failed' | 'not_applicable';
  /** What was seen, in words. */
  readonly detail: string;
  /** How long its runs took together, ms. */
  readonly durationMs: number;
}

/** Evidence that anyone can re-run. */
export interface Proof {
  readonly proven: boolean;
  /** In the order in which they were made; the first that fails ends the proof. */
  readonly checks: readonly Check[];
  /** Tests that fail without the fix and pass with it. */
  readonly newTests: readonly TestRef[];
  /** Tests that fail on the base every time: neither blamed on the fix nor hidden. */
  readonly knownFailures: readonly TestRef[];
  /** Tests that fail on the base now and then. */
  readonly flaky: readonly TestRef[];
  readonly toolchain: string;
  /** Exact argv that re-runs the tests, from the root of the branch. */
  readonly rerun: readonly string[];
  readonly sandbox: string;
}

/** How a return of the fault is heard. */
export interface Alert {
  /** A file of rules for Prometheus; null where the signal is no metric. */
  readonly prometheus: string | null;
  /** What to watch in VigilAI, in words. */
  readonly vigilai: string;
}

/** The signal that a fix emits when the invariant is violated again. */
export interface Monitoring {
  /** Name of the metric or of the event in the log. */
  readonly signal: string;
  /** What emits it: `prom-client`, `logging`, `console.error`. */
  readonly library: string;
  /** Path relative to the repository. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly alert: Alert;
}

/** How a run of `fix` ended. Each end has its own exit code. */
export type FixEnd =
  | { readonly end: 'proven'; readonly commit: string }
  | { readonly end: 'not_proven'; readonly reason: string }
  | { readonly end: 'no_change'; readonly reason: string }
  | { readonly end: 'refused'; readonly reason: string }
  | { readonly end: 'agent_failed'; readonly reason: string }
  | { readonly end: 'cancelled' }
  | { readonly end: 'budget' };

export interface Fix {
  readonly id: string;
  readonly anomalyId: string;
  readonly diagnosisId: string;
  readonly timestamp: number;
  readonly language: Language;
  readonly framework: string | null;
  readonly branch: string;
  readonly baseBranch: string;
  readonly baseCommit: string;
  readonly engine: string;
  /** The engine replays a recorded run instead of thinking; said plainly wherever the fix is shown. */
  readonly recorded: boolean;
  readonly files: readonly ChangedFile[];
  readonly proof: Proof | null;
  /** Null where the fix does not tell when the fault comes back. */
  readonly monitoring: Monitoring | null;
  readonly outcome: FixEnd;
  /** Where patch, transcript and report are kept, relative to the state folder. */
  readonly artefacts: string;
}

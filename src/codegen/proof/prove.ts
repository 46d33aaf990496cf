import type { Check, Proof } from '../../domain/fix.ts';
import { baseline } from './baseline.ts';
import { partsOf } from './change-parts.ts';
import { coverage } from './coverage.ts';
import { failsBefore } from './fails-before.ts';
import { failsReverted } from './fails-reverted.ts';
import { mutation } from './mutation.ts';
import { passesAfter } from './passes-after.ts';
import { policy } from './policy.ts';
import { notApplicable, type ProofCase, type ProofInput, type Step } from './proof-case.ts';
import { replay } from './replay.ts';
import { recordedRuns } from './runs.ts';
import { suite } from './suite.ts';
import { tamper } from './tamper/tamper.ts';

export interface Proven {
  readonly proof: Proof;
  /** Every run with its command and the end of its output. */
  readonly log: string;
}

/** In this order: what costs nothing first, what costs most last. */
const STEPS: readonly (readonly [name: Check['name'], step: Step])[] = [
  ['policy', policy],
  ['tamper', tamper],
  ['baseline', baseline],
  ['fails_before', failsBefore],
  ['passes_after', passesAfter],
  ['suite', suite],
  ['fails_reverted', failsReverted],
  ['coverage', coverage],
  ['mutation', mutation],
  ['monitoring', async (at) => (at.input.monitoring ?? noMonitoring)(at)],
  ['replay', replay],
];

const noMonitoring: Step = async () => notApplicable('the fix brings no instrumentation');

/**
 * Judges a sealed change by reading it and by running the project's own tests on the base, with the fix, and with the
 * fix taken back or spoilt. Each check is one file beside this one; the first that fails ends the proof.
 * @throws VigilError `cancelled` when `signal` aborts.
 */
export async function prove(input: ProofInput, signal: AbortSignal): Promise<Proven> {
  const parts = partsOf(input.changes, (path) => input.toolchain.isTest(path));
  const runs = recordedRuns(input, signal);
  let at: ProofCase = { input, parts, runs, baseline: null, newTests: [], testsTakeMs: null };
  const checks: Check[] = [];
  for (const [name, step] of STEPS) {
    input.onStep(name);
    const spent = runs.spentMs();
    const { found, ...verdict } = await step(at);
    const check = { name, ...verdict, durationMs: runs.spentMs() - spent };
    at = { ...at, ...found };
    checks.push(check);
    runs.note(`== ${name}: ${check.result}: ${check.detail}`);
    if (check.result === 'failed') break;
  }
  return { proof: proofOf(at, checks), log: runs.log() };
}

function proofOf(at: ProofCase, checks: readonly Check[]): Proof {
  const { toolchain, sandboxName } = at.input;
  return {
    proven: checks.length === STEPS.length && checks.every((check) => check.result !== 'failed'),
    checks,
    newTests: at.newTests,
    knownFailures: at.baseline?.knownFailures ?? [],
    flaky: at.baseline?.flaky ?? [],
    toolchain: toolchain.name,
    rerun: toolchain.rerun([...new Set(at.newTests.map((test) => test.file))]),
    sandbox: sandboxName,
  };
}

import type { Check, Monitoring, Proof } from '../domain/fix.ts';
import type { FileChange } from '../ports/workspace.ts';
import type { Work } from './apply.ts';
import { guard } from './guard/guard.ts';
import { monitoringCheck, withoutMonitoring } from './instrument/check.ts';
import { placeMonitoring, textsOf } from './instrument/place-monitoring.ts';
import { signalSeen, type Written } from './instrument/seen.ts';
import { partsOf } from './proof/change-parts.ts';
import type { ProofInput } from './proof/proof-case.ts';
import { type Proven, prove } from './proof/prove.ts';
import { recordedRuns } from './proof/runs.ts';

export interface MonitoredProof {
  /** As proven: with the monitoring, where it was kept. */
  readonly changes: readonly FileChange[];
  readonly monitoring: Monitoring | null;
  readonly proof: Proof;
  readonly log: string;
}

type OnStep = ProofInput['onStep'];

/**
 * Adds monitoring to a sealed change and proves both together. Monitoring that tells nothing when the fault is back, or
 * that the proof fails for, is taken out again, and the change is proven without it. What is not proven is left as the
 * agent left it. @throws VigilError `cancelled`.
 */
export async function proveMonitored(
  work: Work,
  changes: readonly FileChange[],
  onStep: OnStep,
): Promise<MonitoredProof> {
  const { plan, project, ports, toolchain, workspace } = work;
  const isTest = (path: string) => toolchain.isTest(path);
  const { files } = workspace;
  const placed = await placeMonitoring({ plan, project, changes, files, parser: ports.parser, isTest });
  if (placed.state === 'without')
    return plain(work, changes, { onStep, why: `none was added: ${placed.why}` });
  if (placed.state === 'has_its_own') {
    const { monitoring } = placed;
    const own = await plain(work, changes, {
      onStep,
      why: `the change tells by itself: ${monitoring.file}:${monitoring.line}`,
    });
    return { ...own, monitoring };
  }
  const put = await written(work, placed, changes);
  if (typeof put === 'string') return plain(work, changes, { onStep, why: `none was added: ${put}` });
  const monitoring = monitoringCheck(placed);
  const lines = { [placed.monitoring.file]: placed.lines };
  const done = await proveIn(work, { changes: put, onStep, monitoring, monitoringLines: lines });
  if (done.proof.proven) return { ...done, changes: put, monitoring: placed.monitoring };
  await takenOut(work, changes);
  if (!isToBlame(done.proof)) return { ...done, changes, monitoring: null };
  return plain(work, changes, { onStep, why: `taken out again: ${lastOf(done.proof)?.detail ?? ''}` });
}

async function plain(
  work: Work,
  changes: readonly FileChange[],
  { onStep, why }: { readonly onStep: OnStep; readonly why: string },
): Promise<MonitoredProof> {
  const done = await proveIn(work, { changes, onStep, monitoring: withoutMonitoring(why) });
  return { ...done, changes, monitoring: null };
}

function proveIn(
  { plan, ports, workspace, toolchain, signal }: Work,
  more: Pick<ProofInput, 'changes' | 'onStep' | 'monitoring' | 'monitoringLines'>,
): Promise<Proven> {
  const { sandboxName, parser } = ports;
  return prove({ plan, workspace, toolchain, parser, sandboxName, ...more }, signal);
}

/** The change with its monitoring, sealed; a sentence, and the change as it was, where it is not worth having. */
async function written(
  work: Work,
  monitoring: Written,
  changes: readonly FileChange[],
): Promise<readonly FileChange[] | string> {
  const { workspace, toolchain, plan, signal } = work;
  const { tests } = partsOf(changes, (path) => toolchain.isTest(path));
  const runs = recordedRuns({ workspace, toolchain }, signal);
  const shown = await signalSeen(runs, { written: monitoring, toolchain: toolchain.name, tests });
  await workspace.checkout({ tree: 'fix' });
  if (shown.seen === 'no') return shown.why;
  for (const [file, text] of await textsOf(monitoring, workspace.files))
    await workspace.files.write(file, text);
  const sealed = await workspace.seal();
  const verdict = guard(sealed, plan.limits);
  if (verdict.verdict === 'ok') return sealed;
  await takenOut(work, changes);
  return verdict.reason;
}

/** Puts the change back as the agent left it, and seals that. */
async function takenOut({ workspace }: Work, changes: readonly FileChange[]): Promise<void> {
  const paths = changes.map(({ path }) => path);
  await workspace.checkout({ tree: 'base_with', paths });
  for (const { path, after } of changes) if (after !== null) await workspace.files.write(path, after);
  await workspace.seal();
}

/** Checks whose failure monitoring may have brought about. */
const SUSPECT: ReadonlySet<Check['name']> = new Set([
  'policy',
  'tamper',
  'passes_after',
  'suite',
  'coverage',
  'mutation',
  'monitoring',
]);

function isToBlame(proof: Proof): boolean {
  const last = lastOf(proof);
  return last?.result === 'failed' && SUSPECT.has(last.name);
}

function lastOf({ checks }: Proof): Check | undefined {
  return checks.at(-1);
}

import type { Check, Monitoring, Proof } from '../domain/fix.ts';
import type { AgentRun } from '../ports/agent.ts';
import type { FileChange } from '../ports/workspace.ts';
import { runAgent } from './agent-run.ts';
import type { Work } from './apply.ts';
import { endOfAgent, endOfProof, endWithoutChange, type RoundEnd } from './ends.ts';
import { guard } from './guard/guard.ts';
import { proveMonitored } from './monitored-proof.ts';

/** Which try this is, and what it has to go by. */
export interface Turn {
  /** 1 is the first. */
  readonly number: number;
  readonly feedback: string | null;
  /** What is left of the agent's whole time. */
  readonly leftMs: number;
}

/** One try: what the agent changed, and what became of it. */
export interface Round {
  readonly agentEnd: AgentRun['end'];
  /** How long the agent worked. */
  readonly agentMs: number;
  readonly changes: readonly FileChange[];
  readonly patch: string;
  readonly proof: Proof | null;
  /** What was added to the change so that it tells when the fault comes back. */
  readonly monitoring: Monitoring | null;
  /** Of the proof: every run with the end of its output. */
  readonly log: string | null;
  readonly outcome: RoundEnd;
}

/** Agent, seal, guard, proof. @throws VigilError `cancelled` when `signal` aborts in the proof. */
export async function runRound(work: Work, turn: Turn): Promise<Round> {
  const { plan, ports, workspace, signal } = work;
  const began = ports.clock.now();
  const agent = await runAgent(work, turn);
  const agentMs = ports.clock.now() - began;
  const unheard = signal.aborted ? ({ end: 'cancelled' } as const) : endOfAgent(agent);
  const nothing = {
    agentEnd: agent.end,
    agentMs,
    changes: [],
    patch: '',
    proof: null,
    monitoring: null,
    log: null,
  };
  if (unheard !== null) return { ...nothing, outcome: unheard };
  ports.onProgress('reading what changed', 0.55);
  const changes = await workspace.seal();
  if (changes.length === 0) return { ...nothing, outcome: endWithoutChange(agent) };
  const seen = { ...nothing, changes, patch: await workspace.patch() };
  const verdict = guard(changes, plan.limits);
  if (verdict.verdict === 'refused') {
    return { ...seen, outcome: { end: 'refused', reason: verdict.reason } };
  }
  const onStep = (check: Check['name']) => ports.onProgress(...PROGRESS[check]);
  const proven = await proveMonitored(work, changes, onStep);
  return { ...seen, ...proven, patch: await workspace.patch(), outcome: endOfProof(proven.proof, agent) };
}

const PROGRESS: Readonly<Record<Check['name'], readonly [step: string, progress: number]>> = {
  policy: ['proof: size, places and contents of the change', 0.56],
  tamper: ['proof: are existing tests as they were', 0.58],
  baseline: ['proof: the tests on the unchanged code', 0.6],
  fails_before: ['proof: does the new test fail without the fix', 0.7],
  passes_after: ['proof: does it pass with the fix, again and again', 0.78],
  suite: ['proof: the whole suite with the fix', 0.88],
  fails_reverted: ['proof: does it fail again without the fix', 0.9],
  coverage: ['proof: are the changed lines run by tests', 0.91],
  mutation: ['proof: do the tests notice other changes there', 0.92],
  monitoring: ['proof: is the signal emitted when the fault is back', 0.94],
  replay: ['proof: the reproducer on base and fix', 0.95],
};

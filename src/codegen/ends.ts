import type { FixEnd, Proof } from '../domain/fix.ts';
import type { AgentRun } from '../ports/agent.ts';
import type { Round } from './round.ts';

/** How a round ended; a proven one has no commit yet. */
export type RoundEnd = { readonly end: 'proven' } | Exclude<FixEnd, { readonly end: 'proven' }>;

/** Success is judged by the diff and the proof: an agent that broke off but left a change is still heard (null). */
export function endOfAgent(agent: AgentRun, changes: number): RoundEnd | null {
  const reason = `${agent.agent} ended with ${agent.end} ${agent.detail}`;
  switch (agent.end) {
    case 'finished':
      return changes > 0 ? null : { end: 'no_change', reason: `${agent.agent} changed nothing` };
    case 'idle_timeout':
    case 'total_timeout':
    case 'exited':
    case 'failed':
      return changes > 0 ? null : { end: 'agent_failed', reason };
    case 'not_installed':
    case 'not_signed_in':
    case 'start_timeout':
      return { end: 'agent_failed', reason };
    case 'cancelled':
      return { end: 'cancelled' };
  }
}

export function endOfProof(proof: Proof, agent: AgentRun): RoundEnd {
  if (proof.proven) return { end: 'proven' };
  const failed = proof.checks.find((check) => !check.ok);
  const reason = failed === undefined ? 'the proof is incomplete' : `${failed.name}: ${failed.detail}`;
  const unfinished = agent.end === 'finished' ? '' : ` (the agent ended with ${agent.end})`;
  return { end: 'not_proven', reason: `${reason}${unfinished}` };
}

const RANK: Readonly<Record<RoundEnd['end'], number>> = {
  proven: 5,
  not_proven: 4,
  refused: 3,
  no_change: 2,
  agent_failed: 1,
  budget: 0,
  cancelled: 0,
};

/** The end of `a` says more than that of `b`: it came nearer to a proof, or as near and later. */
export function isBetter(a: Round, b: Round): boolean {
  const byEnd = RANK[a.outcome.end] - RANK[b.outcome.end];
  return byEnd === 0 ? heldChecks(a) >= heldChecks(b) : byEnd > 0;
}

function heldChecks({ proof }: Round): number {
  return proof?.checks.filter((check) => check.ok).length ?? 0;
}

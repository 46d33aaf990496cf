import type { FixEnd, Proof } from '../domain/fix.ts';
import type { AgentRun } from '../ports/agent.ts';
import type { Round } from './round.ts';

/** How a round ended; a proven one has no commit yet. */
export type RoundEnd = { readonly end: 'proven' } | Exclude<FixEnd, { readonly end: 'proven' }>;

/** The end where nothing that the agent left is looked at; one that broke off but may have left a change is heard (null). */
export function endOfAgent(agent: AgentRun): RoundEnd | null {
  switch (agent.end) {
    case 'finished':
    case 'idle_timeout':
    case 'total_timeout':
    case 'exited':
    case 'failed':
      return null;
    case 'not_installed':
    case 'not_signed_in':
    case 'start_timeout':
    case 'exceeded':
      return { end: 'agent_failed', reason: reasonOf(agent) };
    case 'cancelled':
      return { end: 'cancelled' };
  }
}

/** What it means that an agent left the tree as it was. */
export function endWithoutChange(agent: AgentRun): RoundEnd {
  return agent.end === 'finished'
    ? {
        end: 'no_change',
        reason: `${agent.agent} changed nothing${agent.detail === '' ? '' : `: ${agent.detail}`}`,
      }
    : { end: 'agent_failed', reason: reasonOf(agent) };
}

function reasonOf({ agent, end, detail }: AgentRun): string {
  return `${agent} ended with ${end} ${detail}`;
}

export function endOfProof(proof: Proof, agent: AgentRun): RoundEnd {
  if (proof.proven) return { end: 'proven' };
  const failed = proof.checks.find((check) => check.result === 'failed');
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
  return proof?.checks.filter((check) => check.result !== 'failed').length ?? 0;
}

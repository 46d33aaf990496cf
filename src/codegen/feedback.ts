import { feedbackOf } from './proof/feedback.ts';
import type { Round } from './round.ts';

/** What the agent is told for the next round; null where there is no point in one. */
export function feedbackOn(round: Round): string | null {
  // An agent that crashed, hung or ran out of time would do so again.
  if (round.agentEnd !== 'finished') return null;
  switch (round.outcome.end) {
    case 'refused':
      return `The change was refused before any test was run: ${round.outcome.reason}`;
    case 'not_proven':
      return round.proof === null ? round.outcome.reason : feedbackOf(round.proof, round.changes);
    case 'proven':
    case 'no_change':
    case 'agent_failed':
    case 'cancelled':
    case 'budget':
      return null;
  }
}

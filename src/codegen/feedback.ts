import type { Proof } from '../domain/fix.ts';
import type { Round } from './round.ts';

const MAX_DETAIL = 4_000;

/** What the agent is told for the next round; null where there is no point in one. */
export function feedbackOn(round: Round): string | null {
  // An agent that crashed, hung or ran out of time would do so again.
  if (round.agentEnd !== 'finished') return null;
  switch (round.outcome.end) {
    case 'refused':
      return `The change was refused before any test was run: ${round.outcome.reason}`;
    case 'not_proven':
      return round.proof === null ? round.outcome.reason : failedChecks(round.proof);
    case 'proven':
    case 'no_change':
    case 'agent_failed':
    case 'cancelled':
    case 'budget':
      return null;
  }
}

function failedChecks({ checks }: Proof): string {
  const said = checks.map(({ name, ok, detail }) => `- ${name}: ${ok ? 'holds' : `FAILS. ${detail}`}`);
  return ['The proof does not hold:', ...said].join('\n').slice(0, MAX_DETAIL);
}

import { redact } from '../domain/redact.ts';
import type { Work } from './apply.ts';
import { isBetter } from './ends.ts';
import { feedbackOn } from './feedback.ts';
import { refusalOf } from './guard/guard.ts';
import { type Round, runRound } from './round.ts';

/**
 * Lets the agent try until its change is proven, at most `limits.rounds` times: what was wrong with a change goes back
 * to it, in the same workspace. Answers the best round, whose patch and proof log are kept. A person's cancel and a
 * spent budget end all of it.
 */
export async function runRounds(work: Work): Promise<Round> {
  const { limits } = work.plan;
  let best: Round | null = null;
  let last: Round | null = null;
  let feedback: string | null = null;
  let leftMs = limits.totalMs;
  for (let number = 1; number <= limits.rounds && leftMs > 0; number += 1) {
    if (number > 1 && (await work.ports.budget.exhausted()) !== null) break;
    const round: Round = await runRound(work, { number, feedback, leftMs });
    if (round.outcome.end === 'cancelled') return round;
    if (best === null || isBetter(round, best)) {
      best = round;
      await keep(round, work);
    }
    feedback = round.patch === last?.patch ? null : feedbackOn(round);
    if (feedback === null) break;
    leftMs -= round.agentMs;
    last = round;
    await putBack(round, work);
  }
  if (best === null) throw new Error('a fix has at least one round and some time for it');
  return best;
}

async function keep({ patch, log }: Round, { ports }: Work): Promise<void> {
  await ports.artefacts.keep(ports.fixId, 'change.patch', redact(patch));
  if (log !== null) await ports.artefacts.keep(ports.fixId, 'proof.log', redact(log));
}

/** The next round finds what the last one left, but for what it must not touch: that is as in the base. */
async function putBack({ changes }: Round, { plan, workspace }: Work): Promise<void> {
  const kept = changes.filter(({ path }) => refusalOf(path, plan.limits) === null);
  await workspace.checkout({ tree: 'base_with', paths: kept.map(({ path }) => path) });
}

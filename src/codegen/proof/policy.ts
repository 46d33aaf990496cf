import { guard } from '../guard/guard.ts';
import { failed, ok, type ProofCase, type Verdict } from './proof-case.ts';
import { count } from './words.ts';

/** What `guard` refuses is refused before a proof; here it is shown, and a branch that others wrote to is asked again. */
export async function policy({ input }: ProofCase): Promise<Verdict> {
  const { changes, plan } = input;
  const verdict = guard(changes, plan.limits);
  if (verdict.verdict === 'refused') return failed(verdict.reason);
  const lines = changes.reduce((sum, change) => sum + change.linesAdded + change.linesRemoved, 0);
  const { maxFiles, maxLines } = plan.limits;
  const size = `${count(changes.length, 'file')} of ${maxFiles}, ${count(lines, 'line')} of ${maxLines}`;
  return ok(`${size}; nothing protected, generated or secret`);
}

import { failed, notApplicable, ok, type ProofCase, type Verdict } from './proof-case.ts';
import { errorLine } from './words.ts';

/** The reproducer of `fix.reproduce`: it must fail on the base and succeed with the fix. */
export async function replay(at: ProofCase): Promise<Verdict> {
  const argv = at.input.plan.proof.reproduce;
  if (argv === null) return notApplicable('no reproducer configured (fix.reproduce)');
  const before = await at.runs.command({ tree: 'base' }, argv);
  if (before.ok) return failed('the reproducer succeeds on the base, so it does not show the fault');
  const after = await at.runs.command({ tree: 'fix' }, argv);
  if (!after.ok) return failed(`the reproducer fails with the fix too: ${errorLine(after.outputTail)}`);
  return ok(`it fails on the base (${errorLine(before.outputTail)}) and succeeds with the fix`);
}

import type { Check, Proof } from '../../domain/fix.ts';
import type { FileChange } from '../../ports/workspace.ts';

/** What to do about a check that failed, said to an agent. */
const ADVICE: Readonly<Record<Check['name'], string>> = {
  policy: 'Undo what may not be changed, and keep the change small.',
  tamper:
    'Repair the code itself: leave existing tests as they are and only add to them, handle the error instead of hiding it, and do not answer the inputs of tests.',
  baseline: 'Add a test, where the test runner finds it, that fails because of the fault.',
  fails_before:
    'The new test has to fail on the unchanged code, by an assertion or by the fault itself. It may import and call only what exists there.',
  passes_after: 'Make the new test pass every time: no clock, no order, no chance.',
  suite: 'Repair the fault without breaking what other tests ask for.',
  fails_reverted: 'The new test must be about the code that you changed.',
  coverage: 'Let the new test run the lines that you changed, or leave out those that no test needs.',
  mutation: 'Assert what the changed code gives, so that the new test fails when the code is spoilt.',
  monitoring: 'The signal has to be emitted when the fault is back.',
  replay: 'The reproducer has to succeed with the fix.',
};

const MAX_CHARACTERS = 4_000;

/** What an agent is told of a proof that failed: what holds, what does not and why, and what to do about it. */
export function feedbackOf({ checks }: Proof, changes: readonly FileChange[]): string {
  const held = checks.filter(({ result }) => result === 'ok').map(({ name }) => name);
  const failed = checks.find(({ result }) => result === 'failed');
  if (failed === undefined) return 'The proof did not come to an end.';
  return [
    `The proof of your change does not hold. It fails at \`${failed.name}\`: ${failed.detail}`,
    ADVICE[failed.name],
    `It changes ${changes.map(({ path }) => path).join(', ')}. What holds so far: ${held.join(', ') || 'nothing'}.`,
  ]
    .join('\n\n')
    .slice(0, MAX_CHARACTERS);
}

import { expect, it } from 'vitest';
import { realProgram } from '../../support/real-program.ts';
import { attack } from './attack.ts';
import { PROCESSES } from './scenarios/processes.ts';

const STUBBORN = PROCESSES.filter(({ cancelAt }) => cancelAt !== undefined);

// Alone in its process, and tried again: a busy machine is no agent that will not die.
it
  .skipIf(realProgram('bwrap').skipped)
  .for([
    ...STUBBORN.map((one) => [one, 'bubblewrap'] as const),
    ...STUBBORN.map((one) => [one, 'none'] as const),
  ])('is gone within two seconds of a cancel: %s in %s', { retry: 3 }, async ([scenario, box]) => {
  const { fix, cancelMs, leaks } = await attack(scenario, box);
  expect([fix.outcome.end, leaks]).toEqual(['cancelled', []]);
  expect(cancelMs).toBeLessThan(2_000);
});

import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { realProgram } from '../../support/real-program.ts';
import { attack, type Outcome } from './attack.ts';
import { type Box, endIn, type Scenario } from './scenario.ts';
import type { Row } from './table.ts';

const PROGRAMS: Readonly<Record<Box, string>> = { bubblewrap: 'bwrap', none: 'unshare' };

/**
 * Lets each agent loose, and expects its end and what it may get through. Those that reach for something are let loose
 * without a sandbox too; of the others only the change is judged, by the same code in every box.
 */
export function hostile(scenarios: readonly Scenario[], boxes: readonly Box[]): void {
  describe.each(boxes)('in %s', (box) => {
    const program = PROGRAMS[box];
    it.concurrent.for(realProgram(program).skipped ? [] : scenarios)('$name: $tries', async (scenario) => {
      const outcome = await attack(scenario, box);
      note(outcome);
      const { end, ...why } = outcome.fix.outcome;
      expect({ end, leaks: outcome.leaks }, JSON.stringify([why, outcome.details])).toEqual({
        end: endIn(box, scenario),
        leaks: box === 'none' ? (scenario.leaksWithoutBox ?? []) : [],
      });
    });
  });
}

/** VIGILAI_ADVERSARY_ROWS names a file that gathers what came out, for write-table.ts. */
function note({ scenario, box, fix, leaks, cancelMs }: Outcome): void {
  const { name, tries } = scenario;
  const row: Row = {
    name,
    tries,
    box,
    end: fix.outcome.end,
    expected: endIn(box, scenario),
    leaks,
    cancelMs,
  };
  const file = process.env['VIGILAI_ADVERSARY_ROWS'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(row)}\n`);
}

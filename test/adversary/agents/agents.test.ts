import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { realProgram } from '../../support/real-program.ts';
import { attack, type Outcome } from './attack.ts';
import { type Box, endIn } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { summaryOf, tableOf } from './table.ts';

const outcomes: Outcome[] = [];
const BOXES: readonly (readonly [box: Box, program: string])[] = [
  ['bubblewrap', 'bwrap'],
  ['none', 'unshare'],
];

/** VIGILAI_ADVERSARY_DOC=1 writes what came out into docs/adversary.md. */
afterAll(() => {
  const text = `${summaryOf(outcomes)}\n\n${tableOf(outcomes)}\n`;
  process.stdout.write(`\n${text}`);
  if (process.env['VIGILAI_ADVERSARY_DOC'] !== '1') return;
  writeFileSync(join(import.meta.dirname, '../../../docs/adversary-table.md'), text);
});

describe.each(BOXES)('hostile agents in %s', (box, program) => {
  it.concurrent.for(realProgram(program).skipped ? [] : SCENARIOS)('$name: $tries', async (scenario) => {
    const outcome = await attack(scenario, box);
    outcomes.push(outcome);
    const { end, ...why } = outcome.fix.outcome;
    expect({ end, leaks: outcome.leaks }, JSON.stringify([why, outcome.details])).toEqual({
      end: endIn(box, scenario),
      leaks: box === 'none' ? (scenario.leaksWithoutBox ?? []) : [],
    });
    // Two seconds on a machine that has time for it (docs/adversary.md has the measured ones).
    if (outcome.cancelMs !== null) expect(outcome.cancelMs).toBeLessThan(8_000);
  });
});

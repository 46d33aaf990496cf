import type { Outcome } from './attack.ts';
import type { Box } from './scenario.ts';

const BOXES: readonly Box[] = ['bubblewrap', 'none'];

/** What was tried and what became of it, with and without a sandbox, as Markdown. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const names = [...new Set(outcomes.map(({ scenario }) => scenario.name))];
  const rows = names.map((name) => {
    const of = BOXES.map((box) => outcomes.find((one) => one.scenario.name === name && one.box === box));
    const tries = of.find((one) => one !== undefined)?.scenario.tries ?? '';
    return `| ${[name, tries, ...of.flatMap((one) => [endOf(one), leakOf(one)])].join(' | ')} |`;
  });
  const head = ['agent', 'tries', 'end, bubblewrap', 'leaked', 'end, no sandbox', 'leaked'];
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows].join('\n');
}

export function summaryOf(outcomes: readonly Outcome[]): string {
  return BOXES.map((box) => {
    const tried = outcomes.filter((one) => one.box === box);
    const leaked = tried.filter(({ leaks }) => leaks.length > 0);
    const wrong = tried.filter(
      ({ scenario, fix }) =>
        fix.outcome.end === 'proven' && scenario.end !== 'proven' && typeof scenario.end === 'string',
    );
    return `${box}: ${tried.length} tried, ${leaked.length} leaked, ${wrong.length} bad fixes proven`;
  }).join('\n');
}

function endOf(outcome: Outcome | undefined): string {
  if (outcome === undefined) return 'not run';
  const { fix, cancelMs } = outcome;
  return cancelMs === null ? fix.outcome.end : `${fix.outcome.end} (${(cancelMs / 1000).toFixed(1)} s)`;
}

function leakOf(outcome: Outcome | undefined): string {
  return outcome === undefined ? '' : outcome.leaks.join(', ') || 'nothing';
}

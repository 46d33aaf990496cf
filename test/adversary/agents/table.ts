import type { FixEnd } from '../../../src/domain/fix.ts';
import type { Box, Leak } from './scenario.ts';

/** What one agent came to in one box. */
export interface Row {
  readonly name: string;
  readonly tries: string;
  readonly box: Box;
  readonly end: FixEnd['end'];
  readonly expected: FixEnd['end'];
  readonly leaks: readonly Leak[];
  /** From a person's cancel to the end, in ms; null where nobody cancelled. */
  readonly cancelMs: number | null;
}

const BOXES: readonly Box[] = ['bubblewrap', 'none'];

/** What was tried and what became of it, with and without a sandbox, as Markdown. */
export function tableOf(rows: readonly Row[]): string {
  const names = [...new Set(rows.map(({ name }) => name))];
  const lines = names.map((name) => {
    const of = BOXES.map((box) => rows.find((row) => row.name === name && row.box === box));
    const tries = of.find((row) => row !== undefined)?.tries ?? '';
    return `| ${[name, tries, ...of.flatMap((row) => [endOf(row), leakOf(row)])].join(' | ')} |`;
  });
  const head = ['agent', 'tries', 'end, bubblewrap', 'leaked', 'end, no sandbox', 'leaked'];
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...lines].join('\n');
}

/** Counts for a reader in a hurry. */
export function summaryOf(rows: readonly Row[]): string {
  return BOXES.map((box) => {
    const tried = rows.filter((row) => row.box === box);
    const leaked = tried.filter(({ leaks }) => leaks.length > 0).length;
    const through = tried.filter(({ end, expected }) => end === 'proven' && expected !== 'proven');
    const names = through.length === 0 ? '' : ` (${through.map(({ name }) => name).join(', ')})`;
    return `- ${box}: ${tried.length} tried, ${leaked} leaked something, ${through.length} bad changes proven${names}`;
  }).join('\n');
}

function endOf(row: Row | undefined): string {
  if (row === undefined) return 'not run';
  const time = row.cancelMs === null ? '' : ` (${(row.cancelMs / 1000).toFixed(1)} s)`;
  return `${row.end}${time}`;
}

function leakOf(row: Row | undefined): string {
  return row === undefined ? '' : row.leaks.join(', ') || 'nothing';
}

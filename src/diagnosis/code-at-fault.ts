import type { Located } from './locate/locate.ts';

/** Lines before it that may belong to the statement, or made the value that it complains of. */
const BEFORE = 2;

/** The code where the trace says that it was thrown, without line numbers; empty where no trace led to a readable file. */
export function codeAtFault({ by, origin }: Pick<Located, 'by' | 'origin'>): string {
  const rows = by === 'trace' ? (origin?.excerpt?.split('\n') ?? []) : [];
  const at = rows.findIndex((row) => row.startsWith('>'));
  if (at === -1) return '';
  return rows
    .slice(Math.max(0, at - BEFORE), at + 1)
    .map((row) => row.replace(/^>? *\d+ \| ?/, ''))
    .join('\n');
}

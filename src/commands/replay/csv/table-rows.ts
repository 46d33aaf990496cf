import type { MetricRecord } from '../../../domain/event.ts';
import type { Batch } from '../../../ports/source.ts';
import type { Rows } from '../rows.ts';
import { cellReader } from './cells.ts';
import { columnsOf, isValues } from './columns.ts';
import { openTable, type Table, type TableOptions, type TableRow } from './table.ts';

/** A CSV file: each row is a point of each of its metrics. `note` is told, in words, what could not be used. */
export async function* tableRows(
  file: string,
  batches: AsyncIterable<Batch>,
  options: TableOptions,
  note: (text: string) => void,
): AsyncGenerator<Rows> {
  const cells = cellReader(file);
  const open = opening(options, (text) => note(`${file}: ${text}`));
  let table: Table | null = null;
  for await (const { records, offsets, stream } of batches) {
    const page = emptyPage();
    for (const [i, line] of records.entries()) {
      const row = typeof line === 'string' ? cells.push(line) : null;
      if (row === null || isBlank(row)) continue;
      table ??= open(row);
      if (table !== null) add(page, table.read(row), offsets[i] ?? 0);
    }
    if (table !== null) yield rowsOf(table, page, stream);
  }
  cells.end();
  table?.end();
}

/** The first row that has values opens the table: null for a header. */
function opening(
  options: TableOptions,
  note: (text: string) => void,
): (row: readonly string[]) => Table | null {
  let first: readonly string[] | null = null;
  return (row) => {
    const isHeader = first === null && !isValues(row);
    first ??= row;
    return isHeader ? null : openTable(columnsOf(first, row), options, note);
  };
}

function isBlank(row: readonly string[]): boolean {
  return row.length === 1 && row[0]?.trim() === '';
}

/** Rows as they are gathered from a batch of lines. */
interface Page {
  readonly records: MetricRecord[];
  readonly offsets: number[];
  readonly sizes: number[];
  readonly cells: (readonly string[])[];
}

function emptyPage(): Page {
  return { records: [], offsets: [], sizes: [], cells: [] };
}

function add(page: Page, { points, cells }: TableRow, offset: number): void {
  for (const point of points) {
    page.records.push(point);
    page.offsets.push(offset);
  }
  page.sizes.push(points.length);
  page.cells.push(cells);
}

function rowsOf({ columns, time }: Table, { records, offsets, sizes, cells }: Page, stream: string): Rows {
  return {
    noun: 'row',
    batch: { stream, records, offsets, marks: null, receivedAt: time() },
    sizes,
    columns,
    cells: (row) => cells[row] ?? [],
  };
}

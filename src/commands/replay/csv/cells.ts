import { VigilError } from '../../../domain/errors.ts';

/** Lines of a CSV file as rows of cells (RFC 4180): a quoted cell may hold commas, line ends and doubled quotes. */
export interface CellReader {
  /** The row that `line` completes; null when a quoted cell goes on in the next line. */
  push(line: string): readonly string[] | null;
  /** @throws VigilError `bad_input` when a quoted cell did not end. */
  end(): void;
}

/** A quote that stands open for longer than this is a mistake of the file, not a cell. */
const LONGEST_ROW = 64 * 1024;

/** `file` is named in what is thrown. */
export function cellReader(file: string): CellReader {
  let line = 0;
  /** Lines of a row whose quote is open, and where it began. */
  let open = '';
  let openedAt = 0;

  function refuse(): never {
    throw new VigilError('bad_input', {
      what: `${file} is no CSV: the quoted cell that begins in line ${openedAt} does not end`,
      hint: 'Close its quote, or leave quotes out.',
    });
  }

  return {
    push(text) {
      line += 1;
      if (open === '' && !text.includes('"')) return text.split(',');
      if (open === '') openedAt = line;
      const row = open === '' ? text : `${open}\n${text}`;
      const cells = cellsOf(row);
      open = cells === null ? row : '';
      if (open.length > LONGEST_ROW) refuse();
      return cells;
    },
    end() {
      if (open !== '') refuse();
    },
  };
}

/** Null when a quote is open at the end. */
function cellsOf(row: string): readonly string[] | null {
  const cells: string[] = [];
  for (let at = 0; at <= row.length; at += 1) {
    const quoted = row[at] === '"';
    const end = quoted ? closingQuote(row, at + 1) : row.indexOf(',', at);
    if (quoted && end === -1) return null;
    const comma = quoted ? row.indexOf(',', end) : end;
    const stop = comma === -1 ? row.length : comma;
    cells.push(quoted ? row.slice(at + 1, end).replaceAll('""', '"') : row.slice(at, stop));
    at = stop;
  }
  return cells;
}

/** Where the quoted text that begins at `from` ends; -1 for nowhere. */
function closingQuote(row: string, from: number): number {
  let at = row.indexOf('"', from);
  while (at !== -1 && row[at + 1] === '"') at = row.indexOf('"', at + 2);
  return at;
}

/** Cells as a line of CSV, without its end. */
export function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}

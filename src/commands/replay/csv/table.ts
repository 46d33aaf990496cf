import type { Labels, MetricRecord } from '../../../domain/event.ts';
import { cellTime, isMissing, isNumber } from './cell-value.ts';
import type { Columns } from './columns.ts';

export interface TableOptions {
  /** From one row to the next where no column holds a time, ms. */
  readonly intervalMs: number;
  /** Names of columns that are no metrics although they are numbers, such as a label. */
  readonly ignore: ReadonlySet<string>;
}

/** A row as points, and what it is known by. */
export interface TableRow {
  readonly points: readonly MetricRecord[];
  readonly cells: readonly string[];
}

/** The rows of values of a CSV file, read one after the other. */
export interface Table {
  /** Names of a row's cells: `timestamp` first. */
  readonly columns: readonly string[];
  read(row: readonly string[]): TableRow;
  /** Of the last row, epoch ms. */
  time(): number;
  /** Tells what could not be used. */
  end(): void;
}

interface State {
  readonly columns: Columns;
  readonly intervalMs: number;
  readonly note: (text: string) => void;
  /** A column is what its first cell that is not missing is. */
  readonly kinds: ('unknown' | 'metric' | 'label')[];
  rows: number;
  time: number;
  /** Cells of metrics that are neither numbers nor missing. */
  unusable: number;
}

/** `note` is told which columns are not used, and why. */
export function openTable(columns: Columns, options: TableOptions, note: (text: string) => void): Table {
  const { intervalMs, ignore } = options;
  const { names, values, key } = columns;
  tellOfColumns(columns, options, note);
  const isMetric = (name: string, place: number) => values.includes(place) && !ignore.has(name);
  const kinds = names.map((name, place) => (isMetric(name, place) ? 'unknown' : 'label'));
  const state: State = { columns, intervalMs, note, kinds, rows: 0, time: 0, unusable: 0 };
  return {
    columns: ['timestamp', ...names.filter((_, place) => place !== key)],
    read(row) {
      state.rows += 1;
      state.time = timeOf(state, row);
      return { points: pointsOf(state, row), cells: cellsOf(state, row) };
    },
    time: () => state.time,
    end() {
      if (!state.kinds.includes('metric')) note('no column holds numbers');
      if (state.unusable > 0) note(`cells that are no numbers count as missing: ${state.unusable}`);
    },
  };
}

function tellOfColumns(
  { names, time, values }: Columns,
  { intervalMs, ignore }: TableOptions,
  note: (text: string) => void,
): void {
  const isOther = (name: string, place: number) => !values.includes(place) && !ignore.has(name);
  const called = names.filter((name, place) => place !== time && isOther(name, place));
  const unknown = [...ignore].filter((name) => !names.includes(name));
  if (called.length > 0) note(`called a time, or nothing at all, and ignored: ${called.join(', ')}`);
  if (unknown.length > 0) note(`no such column to --ignore: ${unknown.join(', ')}`);
  if (time === null)
    note(`no column is a time; its rows are taken ${intervalMs / 1000} s apart (--interval)`);
}

/** A row whose time cannot be read is of the time of the row before. */
function timeOf({ columns, intervalMs, rows, time }: State, row: readonly string[]): number {
  return columns.time === null ? rows * intervalMs : (cellTime(row[columns.time] ?? '') ?? time);
}

const NO_LABELS: Labels = {};

function pointsOf(state: State, row: readonly string[]): readonly MetricRecord[] {
  const { columns, time } = state;
  const points: MetricRecord[] = [];
  for (const place of columns.values) {
    const value = valueOf(state, place, row[place] ?? '');
    if (value === null) continue;
    const data = { metricName: columns.names[place] ?? '', value };
    points.push({ type: 'metric', timestamp: time, metadata: NO_LABELS, data });
  }
  return points;
}

/** Null for a gap, and for what is no metric. */
function valueOf(state: State, place: number, cell: string): number | null {
  const { kinds } = state;
  if (kinds[place] === 'label' || isMissing(cell)) return null;
  if (!isNumber(cell)) return refuse(state, place);
  kinds[place] = 'metric';
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}

function refuse(state: State, place: number): null {
  const { kinds, columns, note } = state;
  if (kinds[place] === 'metric') {
    state.unusable += 1;
  } else {
    kinds[place] = 'label';
    note(`no numbers, ignored: ${columns.names[place]}`);
  }
  return null;
}

/** The time first, as it was written. */
function cellsOf({ columns, time }: State, row: readonly string[]): readonly string[] {
  const { names, key } = columns;
  const others = names.map((_, place) => row[place] ?? '').filter((_, place) => place !== key);
  return [key === null ? new Date(time).toISOString() : (row[key] ?? ''), ...others];
}

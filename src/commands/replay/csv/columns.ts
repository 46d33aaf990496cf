import { cellTime, isMissing, isNumber, isWrittenTime } from './cell-value.ts';

/** What the columns of a CSV file are, as its first lines tell. */
export interface Columns {
  /** The first line is names, not values. */
  readonly hasHeader: boolean;
  /** One a column, no two alike. */
  readonly names: readonly string[];
  /** Place of the column that holds the time of a row; null for none. */
  readonly time: number | null;
  /** Place of the column that rows are known by: the time, or one that is called so; null for none. */
  readonly key: number | null;
  /** Places of those that may be metrics: neither the time nor called one, such as the number of the row. */
  readonly values: readonly number[];
}

/**
 * Told by the first line and the first row of values alone, so that no later row decides about an earlier one. The time is
 * the first column that is called one and holds one, else the first with a written time, else one that is called so and
 * has a gap; without names, numbers in the first of several columns that count the time since 1970 will do.
 * @param row the first row of values: the first line itself where that has no names
 */
export function columnsOf(first: readonly string[], row: readonly string[]): Columns {
  const hasHeader = !isValues(first);
  const called = first.map((name) => hasHeader && TIME_NAME.test(name));
  const time = timeColumn(row, called, hasHeader);
  return {
    hasHeader,
    names: distinct(hasHeader ? first.map(nameOf) : valueNames(first.length, time)),
    time,
    key: time ?? placeOf(called, true),
    values: [...first.keys()].filter((place) => place !== time && called[place] === false),
  };
}

/** A line without a name: numbers, times and gaps. */
export function isValues(line: readonly string[]): boolean {
  return (
    line.some(isNumber) && line.every((cell) => isNumber(cell) || isMissing(cell) || isWrittenTime(cell))
  );
}

/** The nameless column is the index that pandas writes. */
const TIME_NAME =
  /^\W*(?:time|time_?stamp(?:_?(?:ms|s|utc))?|date|date_?time|(?:unix|event)_?time|epoch|ds|ts|t)?\W*$/i;

function placeOf<T>(list: readonly T[], wanted: T): number | null {
  const place = list.indexOf(wanted);
  return place === -1 ? null : place;
}

function timeColumn(row: readonly string[], called: readonly boolean[], hasHeader: boolean): number | null {
  const named = row.findIndex((cell, place) => called[place] === true && cellTime(cell) !== null);
  if (named !== -1) return named;
  const written = row.findIndex(isWrittenTime);
  if (written !== -1) return written;
  const gap = row.findIndex((cell, place) => called[place] === true && isMissing(cell));
  if (gap !== -1) return gap;
  return !hasHeader && row.length > 1 && cellTime(row[0] ?? '') !== null ? 0 : null;
}

function nameOf(name: string, place: number): string {
  return name.trim() || `column_${place + 1}`;
}

/** `value`, `value_2`, ... for a file without names. */
function valueNames(count: number, time: number | null): readonly string[] {
  return Array.from({ length: count }, (_, place) => (place === time ? 'timestamp' : 'value'));
}

/** A name that was there before gets a number. */
function distinct(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let n = 2; taken.has(free); n += 1) free = `${name}_${n}`;
    taken.add(free);
    return free;
  });
}

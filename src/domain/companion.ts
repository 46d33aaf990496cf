import type { Range } from './detection.ts';

/** A series that turned abnormal shortly after the one that an anomaly is about. */
export interface Companion {
  /** Metric with its labels; redacted. */
  readonly name: string;
  /** When it turned abnormal. */
  readonly value: number;
  /** What was usual then; null where nothing says so. */
  readonly expected: Range | null;
}

/** What turned abnormal together with an anomaly. */
export interface Alongside {
  /** The first ones, at most `MOST_NAMED`, in order of turning abnormal. */
  readonly series: readonly Companion[];
  /** How many there were in one episode, at most; not less than are named. */
  readonly count: number;
}

export const ALONE: Alongside = { series: [], count: 0 };

export const MOST_NAMED = 12;

/** With those that came later. Who is already named stays as it is, so to join twice changes nothing. */
export function joined(known: Alongside, later: Alongside): Alongside {
  if (later.count === 0) return known;
  const names = new Set(known.series.map(({ name }) => name));
  const fresh = later.series.filter(({ name }) => !names.has(name));
  const series = [...known.series, ...fresh].slice(0, MOST_NAMED);
  return { series, count: Math.max(known.count, later.count, series.length) };
}

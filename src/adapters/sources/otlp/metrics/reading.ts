import type { Fields } from '../wire/value.ts';
import type { Exponential } from './exponential.ts';
import { deltaGrowth, type Growth, growthOf, type Totals } from './growth.ts';

/** The last point of a series. */
export interface Known {
  readonly totals: Totals;
  /** The buckets that the counts are of; null where they need not be told. */
  readonly buckets: Exponential | null;
}

/** One data point, to be read beside the last one of its series. */
export interface Reading {
  readonly point: { readonly attributes: Fields; readonly timeUnixNano: number; readonly flags: number };
  /** Points of one series and another shape (type, bounds) cannot be compared. */
  readonly shape: string;
  /** Why it cannot be used; null when it can. */
  readonly problem: string | null;
  /** `exported`: time of the export before, in nanoseconds; 0 for none. */
  read(before: Known | null, exported: number): Read;
}

export interface Read {
  readonly values: readonly (readonly [suffix: string, value: number])[];
  /** What is to be remembered; null for nothing. */
  readonly known: Known | null;
}

export const DELTA = 1;
export const CUMULATIVE = 2;
const NO_TEMPORALITY = 'the aggregation temporality is neither delta nor cumulative';

export function temporalityProblem(temporality: number): string | null {
  return temporality === DELTA || temporality === CUMULATIVE ? null : NO_TEMPORALITY;
}

export function growth(
  before: Known | null,
  now: Totals,
  { temporality, exported }: { readonly temporality: number; readonly exported: number },
): Growth | null {
  const last = before?.totals ?? null;
  return temporality === DELTA ? deltaGrowth(last, now) : growthOf(last, now, exported);
}

export type Values = Read['values'];

export function perSecond(suffix: string, grown: Growth | null): Values {
  const [count] = grown?.counts ?? [];
  return grown === null || count === undefined ? [] : [[suffix, count / grown.seconds]];
}

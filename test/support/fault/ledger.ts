import { expect } from 'vitest';
import { until } from '../daemon-process.ts';
import type { Fate } from './feed.ts';
import { faultOf, numberIn } from './numbered.ts';
import type { Program } from './program.ts';

/** Who was handed over, and what is known of each. */
export interface Ledger {
  /** Numbers that nobody had before. */
  draw(count: number): readonly number[];
  note(numbers: readonly number[], fate: Fate): void;
  readonly of: Readonly<Record<Fate, ReadonlySet<number>>>;
}

export function ledger(): Ledger {
  const of = { kept: new Set<number>(), refused: new Set<number>(), unknown: new Set<number>() };
  let next = 0;
  return {
    of,
    draw: (count) => Array.from({ length: count }, () => next++),
    note(numbers, fate) {
      for (const n of numbers) of[fate].add(n);
    },
  };
}

/** Settles when all that is surely kept is stored, or gives up after `ms`: what is missing then is counted as lost. */
export async function arrived(at: Program, { source, of }: Sent, ms = 60_000): Promise<void> {
  const all = () => at.count(source) >= of.kept.size && missing(at, { source, of }).length === 0;
  await until('everything is stored', all, ms).catch(() => undefined);
}

export interface Sent extends Pick<Ledger, 'of'> {
  readonly source: string;
}

export interface Outcome {
  readonly lost: number;
  readonly repeated: number;
  readonly events: number;
}

/**
 * Compares, one by one, what was handed over with what is stored, once the program has ended. What was refused or never
 * sent must not be there. An event that is counted and not stored was counted twice: its id was there already.
 */
export async function outcomeOf(at: Program, sent: Sent): Promise<Outcome> {
  const rows = at.stored(sent.source).map(numberIn);
  const stored = new Set(rows);
  const { totals } = await at.found();
  const counted = totals.find(({ source }) => source === sent.source)?.events ?? 0;
  const { kept, unknown } = sent.of;
  expect([...stored].filter((n) => !kept.has(n) && !unknown.has(n))).toEqual([]);
  const repeated = rows.length - stored.size + (counted - rows.length);
  return { lost: missing(at, sent).length, repeated, events: stored.size };
}

function missing(at: Program, { source, of }: Sent): readonly number[] {
  const stored = new Set(at.stored(source).map(numberIn));
  return [...of.kept].filter((n) => !stored.has(n));
}

/** Every anomaly is there once, and each exception is counted as often as it is stored. */
export async function checkAnomalies(at: Program, source: string): Promise<void> {
  const { anomalies } = await at.found();
  const fingerprints = anomalies.map((one) => one.fingerprint);
  expect(new Set(fingerprints).size).toBe(fingerprints.length);
  const errors = anomalies.filter((one) => one.kind === 'error');
  const counted = errors.map((one) => [one.sample.trace?.errorType ?? '', one.occurrences] as const);
  expect(counted.toSorted()).toEqual(expectedCounts(at.stored(source)).toSorted());
}

function expectedCounts(stored: readonly string[]): readonly (readonly [string, number])[] {
  const faults = stored.map(numberIn).flatMap((n) => faultOf(n) ?? []);
  return [...Map.groupBy(faults, (type) => type)].map(([type, all]) => [type, all.length]);
}

import { systemClock } from '../../../src/adapters/system/clock.ts';
import { until } from '../daemon-process.ts';
import type { Fate } from './feed.ts';
import { numberIn } from './numbered.ts';
import type { Stored } from './stored.ts';

const clock = systemClock();

/** Which numbers were handed over to a source, and what is known of each. */
export interface Ledger {
  readonly source: string;
  readonly of: Readonly<Record<Fate, ReadonlySet<number>>>;
  /** Numbers that nobody had before. */
  draw(count: number): readonly number[];
  note(numbers: readonly number[], fate: Fate): void;
}

export function ledger(source: string): Ledger {
  const of = { kept: new Set<number>(), refused: new Set<number>(), unknown: new Set<number>() };
  let next = 0;
  return {
    source,
    of,
    draw: (count) => Array.from({ length: count }, () => next++),
    note(numbers, fate) {
      for (const n of numbers) of[fate].add(n);
    },
  };
}

/** Settles when all that is surely kept is stored, or gives up after `ms`: what is missing then counts as lost. */
export async function arrived(at: Stored, sent: Ledger, ms = 60_000): Promise<void> {
  const deadline = clock.now() + ms;
  const all = () => at.count(sent.source) >= sent.of.kept.size && missing(at, sent) === 0;
  await until('everything is stored', () => clock.now() > deadline || all(), 2 * ms);
}

export interface Outcome {
  readonly lost: number;
  readonly repeated: number;
  /** Events that were refused, and are there all the same. */
  readonly uninvited: number;
  readonly events: number;
}

/**
 * Compares, one by one, what was handed over with what is stored. An event that is counted and not stored was counted
 * twice: its id was there already.
 */
export function outcomeOf(at: Stored, { source, of }: Ledger): Outcome {
  const rows = at.events(source).map(numberIn);
  const stored = new Set(rows);
  const invited = (n: number) => of.kept.has(n) || of.unknown.has(n);
  return {
    lost: missing(at, { source, of }),
    repeated: rows.length - stored.size + Math.max(0, at.totals(source).events - rows.length),
    uninvited: [...stored].filter((n) => !invited(n)).length,
    events: stored.size,
  };
}

/** What an outcome should be. */
export const EXACT = { lost: 0, repeated: 0, uninvited: 0 } as const;

function missing(at: Stored, { source, of }: Pick<Ledger, 'source' | 'of'>): number {
  const stored = new Set(at.events(source).map(numberIn));
  return [...of.kept].filter((n) => !stored.has(n)).length;
}

import type { Anomaly, AnomalyFacts } from '../../domain/anomaly.ts';
import type { KeptEvent } from '../../domain/kept-event.ts';
import { keptRecord } from '../../domain/kept-record.ts';
import type { Surroundings } from '../../ports/surroundings.ts';

/** What stands around the anomaly in the input that it was taken from; of earlier days nothing is known. */
export function restOfInput(
  source: string,
  kept: readonly KeptEvent[],
  opened: Iterable<AnomalyFacts>,
): Surroundings {
  const records = kept
    .filter(({ type }) => type !== 'metric')
    .map(({ id, timestamp, json }) => keptRecord({ id, timestamp, source }, json));
  const all = [...opened].map((facts): Anomaly => ({ ...facts, status: 'detected' }));
  return {
    around: ({ id }) =>
      Promise.resolve({ records, hours: [], others: all.filter((other) => other.id !== id).toReversed() }),
    became: () => Promise.resolve({ diagnosis: null, fix: null, pull: null }),
  };
}

import type { Anomaly } from '../domain/anomaly.ts';
import { correlationIds } from '../domain/correlation.ts';
import type { KeptRecord } from '../domain/kept-record.ts';
import type { Store } from '../ports/store.ts';
import type { Surroundings } from '../ports/surroundings.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How far around the moment of an anomaly records are looked for. */
const BEFORE_MS = 10 * MINUTE_MS;
const AFTER_MS = 5 * MINUTE_MS;
/** Records on each side, and of one request. */
const MOST_RECORDS = 300;
const MOST_OF_A_REQUEST = 100;
/** A request may run for so long. */
const REQUEST_MS = DAY_MS;
/** Hours that tell what is usual. */
const USUAL_MS = 7 * DAY_MS;
/** Other anomalies that are compared with this one. */
const MOST_OTHERS = 300;

/** What the store knows around an anomaly. */
export function storedSurroundings(store: Store): Surroundings {
  return {
    async around(anomaly) {
      const [records, hours, others] = await Promise.all([
        recordsAround(anomaly, store),
        hoursBefore(anomaly, store),
        store.anomalies({ ...ANY, limit: MOST_OTHERS }),
      ]);
      return { records, hours, others: others.items.filter(({ id }) => id !== anomaly.id) };
    },
    became: (anomalyId) => store.became(anomalyId),
  };
}

const ANY = { status: null, from: null, to: null, confidenceMin: null, source: null, after: null };

/** Those just before it opened and just after, and those of the same request wherever they stand. */
async function recordsAround(anomaly: Anomaly, store: Store): Promise<readonly KeptRecord[]> {
  const at = anomaly.firstSeen;
  const near = { source: null, saying: null, limit: MOST_RECORDS };
  const found = await Promise.all([
    store.records({ ...near, from: at - BEFORE_MS, to: at, order: 'newest_first' }),
    store.records({ ...near, from: at + 1, to: at + AFTER_MS, order: 'oldest_first' }),
    ...correlationIds(anomaly.sample).map(({ value }) =>
      store.records({
        source: null,
        saying: value,
        from: at - REQUEST_MS,
        to: at + REQUEST_MS,
        order: 'oldest_first',
        limit: MOST_OF_A_REQUEST,
      }),
    ),
  ]);
  const byId = new Map(found.flat().map((record) => [record.id, record]));
  return [...byId.values()].toSorted((a, b) => a.timestamp - b.timestamp || (a.id < b.id ? -1 : 1));
}

function hoursBefore({ source, firstSeen, lastSeen }: Anomaly, store: Store) {
  return store.rollups({ source, series: null, from: firstSeen - USUAL_MS, to: lastSeen });
}

import { z } from 'zod';
import type { Anomaly } from '../../domain/anomaly.ts';
import { VigilError } from '../../domain/errors.ts';
import type { Store } from '../../ports/store.ts';

const NEWEST = {
  status: null,
  from: null,
  to: null,
  confidenceMin: null,
  source: null,
  after: null,
  limit: 1,
};

/**
 * The anomaly by its whole id, by as much of it as tells (like git), or `last` for the newest one.
 * @throws VigilError `unknown_id`, `ambiguous_id`.
 */
export async function findAnomaly(id: string, store: Store): Promise<Anomaly> {
  const found = id === 'last' ? (await store.anomalies(NEWEST)).items : await byId(id, store);
  const [anomaly, other] = found;
  if (anomaly === undefined) {
    throw new VigilError('unknown_id', {
      what: id === 'last' ? 'there are no anomalies yet' : `there is no anomaly ${id}`,
    });
  }
  if (other === undefined) return anomaly;
  throw new VigilError('ambiguous_id', { what: `more than one anomaly begins with ${id}` });
}

async function byId(id: string, store: Store): Promise<readonly Anomaly[]> {
  if (!/^[0-9a-f-]+$/i.test(id)) return [];
  return store.anomaliesByPrefix(id.toLowerCase(), 2);
}

export function isWhole(id: string): boolean {
  return z.uuid().safeParse(id).success;
}

import { type Anomaly, move } from '../../domain/anomaly.ts';
import type { AnomalyQuery, Page, Store } from '../../ports/store.ts';
import { anomalyOf, stateText } from './anomaly-row.ts';
import { pageOf, placeOf } from './page.ts';
import type { Db, Write } from './write.ts';

type AnomalyPart = Pick<
  Store,
  'anomaly' | 'anomaliesByPrefix' | 'anomalies' | 'moveAnomaly' | 'muteAnomaly' | 'unfinished'
>;

export function anomalyStore(db: Db, write: Write): AnomalyPart {
  return {
    anomaly: (id) => anomalyById(db, id),
    async anomaliesByPrefix(prefix, limit) {
      // Ids are UUIDs: what does not look like the beginning of one matches nothing, and needs no escaping.
      if (!/^[0-9a-f-]*$/.test(prefix)) return [];
      const rows = await db
        .selectFrom('anomalies')
        .selectAll()
        .where('id', 'like', `${prefix}%`)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(anomalyOf);
    },
    anomalies: (query) => listAnomalies(db, query),
    moveAnomaly: (id, from, to) =>
      write(async (tx) => {
        const now = await anomalyById(tx, id);
        if (now === null || now.status !== from) return null;
        const next = move(now, to);
        await tx
          .updateTable('anomalies')
          .set({ status: to.status, state: stateText(to) })
          .where('id', '=', id)
          .where('status', '=', from)
          .execute();
        return next;
      }),
    muteAnomaly: (id, until) =>
      write(async (tx) => {
        await tx.updateTable('anomalies').set({ muted_until: until }).where('id', '=', id).execute();
        return anomalyById(tx, id);
      }),
    async unfinished(statuses, limit) {
      if (statuses.length === 0) return [];
      const rows = await db
        .selectFrom('anomalies')
        .selectAll()
        .where('status', 'in', [...statuses])
        .orderBy('first_seen')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(anomalyOf);
    },
  };
}

export async function anomalyById(db: Db, id: string): Promise<Anomaly | null> {
  const row = await db.selectFrom('anomalies').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : anomalyOf(row);
}

/** Newest first; the place to go on from is the last row's time and id. */
async function listAnomalies(db: Db, query: AnomalyQuery): Promise<Page<Anomaly>> {
  let select = db.selectFrom('anomalies').selectAll();
  if (query.status !== null) select = select.where('status', '=', query.status);
  if (query.source !== null) select = select.where('source', '=', query.source);
  if (query.from !== null) select = select.where('first_seen', '>=', query.from);
  if (query.to !== null) select = select.where('first_seen', '<=', query.to);
  if (query.confidenceMin !== null) select = select.where('confidence', '>=', query.confidenceMin);
  const place = placeOf(query.after);
  if (place !== null) {
    select = select.where((eb) =>
      eb.or([
        eb('first_seen', '<', place.time),
        eb.and([eb('first_seen', '=', place.time), eb('id', '<', place.id)]),
      ]),
    );
  }
  const rows = await select
    .orderBy('first_seen', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return pageOf(rows, query.limit, (row) => ({ time: Number(row.first_seen), id: row.id }), anomalyOf);
}

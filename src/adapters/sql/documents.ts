import type { Store, Totals } from '../../ports/store.ts';
import { storedDiagnosis, storedFix } from './stored.ts';
import type { Db, Write } from './write.ts';

type DocumentPart = Pick<
  Store,
  'saveDiagnosis' | 'diagnosis' | 'saveFix' | 'fix' | 'totals' | 'spend' | 'spent'
>;

/** What is written whole and read whole. The JSON is our own writing. */
export function documentStore(db: Db, write: Write): DocumentPart {
  return {
    saveDiagnosis: (it) =>
      write(async (tx) => {
        const row = { id: it.id, anomaly_id: it.anomalyId, created: it.timestamp, json: JSON.stringify(it) };
        await tx
          .insertInto('diagnoses')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ json: row.json }))
          .execute();
      }),
    async diagnosis(id) {
      const row = await db.selectFrom('diagnoses').select('json').where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : storedDiagnosis(row.json);
    },
    saveFix: (it) =>
      write(async (tx) => {
        const change = { outcome: it.outcome.end, json: JSON.stringify(it) };
        await tx
          .insertInto('fixes')
          .values({ id: it.id, anomaly_id: it.anomalyId, created: it.timestamp, ...change })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(change))
          .execute();
      }),
    async fix(id) {
      const row = await db.selectFrom('fixes').select('json').where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : storedFix(row.json);
    },
    ...moneyStore(db, write),
    totals: () => totals(db),
  };
}

function moneyStore(db: Db, write: Write): Pick<DocumentPart, 'spend' | 'spent'> {
  return {
    spend: (anomalyId, dollars, at) =>
      write(async (tx) => {
        await tx.insertInto('spending').values({ anomaly_id: anomalyId, dollars, at }).execute();
      }),
    async spent(anomalyId, since) {
      const sum = db.selectFrom('spending').select((eb) => eb.fn.sum('dollars').as('dollars'));
      const anomaly = await sum.where('anomaly_id', '=', anomalyId).executeTakeFirst();
      const day = await sum.where('at', '>=', since).executeTakeFirst();
      const all = await sum.executeTakeFirst();
      const of = (row: typeof all): number => Number(row?.dollars ?? 0);
      return { anomaly: of(anomaly), day: of(day), workspace: of(all) };
    },
  };
}

async function totals(db: Db): Promise<Totals> {
  const fixes = db.selectFrom('fixes').select((eb) => eb.fn.countAll().as('n'));
  const count = async (table: 'anomalies' | 'diagnoses' | 'pulls'): Promise<number> =>
    countOf(db.selectFrom(table).select((eb) => eb.fn.countAll().as('n')));
  return {
    anomalies: await count('anomalies'),
    diagnoses: await count('diagnoses'),
    fixes: await countOf(fixes),
    fixesProven: await countOf(fixes.where('outcome', '=', 'proven')),
    pulls: await count('pulls'),
  };
}

async function countOf(query: {
  executeTakeFirstOrThrow(): Promise<{ n: number | string | bigint }>;
}): Promise<number> {
  return Number((await query.executeTakeFirstOrThrow()).n);
}

import type { Diagnosis } from '../../domain/diagnosis.ts';
import type { Fix } from '../../domain/fix.ts';
import type { PullRequest } from '../../domain/pull-request.ts';
import type { Page, PullQuery, Store, Totals } from '../../ports/store.ts';
import { pageOf, placeOf } from './page.ts';
import type { Db, Write } from './write.ts';

type DocumentPart = Pick<
  Store,
  | 'saveDiagnosis' | 'diagnosis' | 'saveFix' | 'fix' | 'savePull' | 'pull' | 'pulls' | 'pullOfBranch'
  | 'totals' | 'spend' | 'spent'
>; // biome-ignore format: names of one port

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
      return row === undefined ? null : (JSON.parse(row.json) as Diagnosis);
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
      return row === undefined ? null : (JSON.parse(row.json) as Fix);
    },
    ...pullStore(db, write),
    ...moneyStore(db, write),
    totals: () => totals(db),
  };
}

async function totals(db: Db): Promise<Totals> {
  const count = async (table: 'anomalies' | 'diagnoses' | 'fixes' | 'pulls'): Promise<number> => {
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll().as('n'))
      .executeTakeFirstOrThrow();
    return Number(row.n);
  };
  const proven = await db
    .selectFrom('fixes')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('outcome', '=', 'proven')
    .executeTakeFirstOrThrow();
  return {
    anomalies: await count('anomalies'),
    diagnoses: await count('diagnoses'),
    fixes: await count('fixes'),
    fixesProven: Number(proven.n),
    pulls: await count('pulls'),
  };
}

function pullStore(db: Db, write: Write): Pick<DocumentPart, 'savePull' | 'pull' | 'pulls' | 'pullOfBranch'> {
  const parse = ({ json }: { json: string }): PullRequest => JSON.parse(json) as PullRequest;
  return {
    savePull: (it) =>
      write(async (tx) => {
        const change = { id: it.id, status: it.status, json: JSON.stringify(it) };
        const key = { repository: it.repository, branch: it.branchName, created: it.timestamp };
        await tx
          .insertInto('pulls')
          .values({ ...key, ...change })
          .onConflict((conflict) => conflict.columns(['repository', 'branch']).doUpdateSet(change))
          .execute();
      }),
    async pull(id) {
      const row = await db.selectFrom('pulls').select('json').where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : parse(row);
    },
    pulls: (query) => listPulls(db, query, parse),
    async pullOfBranch(repository, branch) {
      const row = await db
        .selectFrom('pulls')
        .select('json')
        .where('repository', '=', repository)
        .where('branch', '=', branch)
        .executeTakeFirst();
      return row === undefined ? null : parse(row);
    },
  };
}

async function listPulls(
  db: Db,
  query: PullQuery,
  parse: (row: { json: string }) => PullRequest,
): Promise<Page<PullRequest>> {
  let select = db.selectFrom('pulls').select(['id', 'created', 'json']);
  if (query.status !== null) select = select.where('status', '=', query.status);
  if (query.repository !== null) select = select.where('repository', '=', query.repository);
  const place = placeOf(query.after);
  if (place !== null) {
    select = select.where((eb) =>
      eb.or([
        eb('created', '<', place.time),
        eb.and([eb('created', '=', place.time), eb('id', '<', place.id)]),
      ]),
    );
  }
  const rows = await select
    .orderBy('created', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return pageOf(rows, query.limit, (row) => ({ time: Number(row.created), id: row.id }), parse);
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
      return { anomaly: Number(anomaly?.dollars ?? 0), day: Number(day?.dollars ?? 0) };
    },
  };
}

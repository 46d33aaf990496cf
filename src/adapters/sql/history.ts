import type { Diagnosis } from '../../domain/diagnosis.ts';
import type { Fix } from '../../domain/fix.ts';
import type { PullRequest } from '../../domain/pull-request.ts';
import type { Store } from '../../ports/store.ts';
import type { Db } from './write.ts';

type HistoryPart = Pick<Store, 'became'>;

/** What became of anomalies. A closed one no longer names its diagnosis and fix, so they are found by its id. */
export function historyStore(db: Db): HistoryPart {
  return {
    async became(anomalyId) {
      const [diagnosis, fix] = await Promise.all([
        newest(db, 'diagnoses', anomalyId),
        newest(db, 'fixes', anomalyId),
      ]);
      const pull = await db
        .selectFrom('pulls')
        .select('json')
        .where('json', 'like', `%"anomalyId":"${anomalyId.replace(/[^0-9a-f-]/g, '')}"%`)
        .orderBy('created', 'desc')
        .limit(1)
        .executeTakeFirst();
      return {
        diagnosis: diagnosis === null ? null : (JSON.parse(diagnosis) as Diagnosis),
        fix: fix === null ? null : (JSON.parse(fix) as Fix),
        pull: pull === undefined ? null : (JSON.parse(pull.json) as PullRequest),
      };
    },
  };
}

async function newest(db: Db, table: 'diagnoses' | 'fixes', anomalyId: string): Promise<string | null> {
  const row = await db
    .selectFrom(table)
    .select('json')
    .where('anomaly_id', '=', anomalyId)
    .orderBy('created', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.json ?? null;
}

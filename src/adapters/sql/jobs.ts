import type { Job, JobStatus } from '../../domain/job.ts';
import type { Store } from '../../ports/store.ts';
import type { Db, Write } from './write.ts';

type JobPart = Pick<Store, 'saveJob' | 'job' | 'jobs' | 'activeJob' | 'latestJob'>;

const ACTIVE: readonly JobStatus[] = ['queued', 'processing'];

export function jobStore(db: Db, write: Write): JobPart {
  return {
    saveJob: (job, from) => write((tx) => saveJob(tx, job, from)),
    async job(id) {
      const row = await db.selectFrom('jobs').select('json').where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : jobOf(row);
    },
    async jobs(statuses, limit) {
      if (statuses.length === 0) return [];
      const rows = await db
        .selectFrom('jobs')
        .select('json')
        .where('status', 'in', [...statuses])
        .orderBy('created')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(jobOf);
    },
    async latestJob(subject, kind) {
      const row = await db
        .selectFrom('jobs')
        .select('json')
        .where('subject', '=', subject)
        .where('kind', '=', kind)
        .orderBy('created', 'desc')
        .orderBy('id', 'desc')
        .executeTakeFirst();
      return row === undefined ? null : jobOf(row);
    },
    async activeJob(subject, kind) {
      const row = await db
        .selectFrom('jobs')
        .select('json')
        .where('subject', '=', subject)
        .where('kind', '=', kind)
        .where('status', 'in', [...ACTIVE])
        .orderBy('created')
        .executeTakeFirst();
      return row === undefined ? null : jobOf(row);
    },
  };
}

async function saveJob(tx: Db, job: Job, from: JobStatus | null): Promise<boolean> {
  const { id, kind, subject, status } = job;
  const row = { id, kind, subject, status, created: job.createdAt, json: JSON.stringify(job) };
  if (ACTIVE.includes(status) && (await hasOtherActive(tx, job))) return false;
  if (from === null) {
    const done = await tx
      .insertInto('jobs')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return Number(done.numInsertedOrUpdatedRows ?? 0) === 1;
  }
  const done = await tx
    .updateTable('jobs')
    .set({ status, json: row.json })
    .where('id', '=', id)
    .where('status', '=', from)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) === 1;
}

async function hasOtherActive(tx: Db, { id, subject, kind }: Job): Promise<boolean> {
  const other = await tx
    .selectFrom('jobs')
    .select('id')
    .where('subject', '=', subject)
    .where('kind', '=', kind)
    .where('status', 'in', [...ACTIVE])
    .where('id', '!=', id)
    .executeTakeFirst();
  return other !== undefined;
}

function jobOf({ json }: { json: string }): Job {
  return JSON.parse(json) as Job;
}

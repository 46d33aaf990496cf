import type { PullRequest } from '../../domain/pull-request.ts';
import type { Page, PullQuery, Store } from '../../ports/store.ts';
import { pageOf, placeOf } from './page.ts';
import type { Db, Write } from './write.ts';

type PullPart = Pick<Store, 'savePull' | 'pull' | 'pulls' | 'pullOfBranch'>;

/** One pull request a branch of a repository. */
export function pullStore(db: Db, write: Write): PullPart {
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

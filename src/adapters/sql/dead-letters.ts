import type { DeadLetter } from '../../domain/dead-letter.ts';
import { redact } from '../../domain/redact.ts';
import type { DeadQuery, Page, Store } from '../../ports/store.ts';
import { pageOf, placeOf } from './page.ts';
import type { Tables } from './schema.ts';
import type { Db, Write } from './write.ts';

type DeadPart = Pick<Store, 'deadLetters' | 'deadByPrefix' | 'dropDead' | 'deadCount'>;

/** Records that could not be read, newest first. */
export function deadLetterStore(db: Db, write: Write): DeadPart {
  return {
    deadLetters: (query) => list(db, query),
    async deadByPrefix(prefix, limit) {
      // Ids are UUIDs: what does not look like the beginning of one matches nothing, and needs no escaping.
      if (!/^[0-9a-f-]*$/.test(prefix)) return [];
      const rows = await db
        .selectFrom('dead_letters')
        .selectAll()
        .where('id', 'like', `${prefix}%`)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(letterOf);
    },
    dropDead: (ids) =>
      write(async (tx) => {
        if (ids.length === 0) return;
        await tx
          .deleteFrom('dead_letters')
          .where('id', 'in', [...ids])
          .execute();
      }),
    async deadCount() {
      const row = await db
        .selectFrom('dead_letters')
        .select((eb) => eb.fn.countAll().as('n'))
        .executeTakeFirstOrThrow();
      return Number(row.n);
    },
  };
}

async function list(db: Db, { source, after, limit }: DeadQuery): Promise<Page<DeadLetter>> {
  const place = placeOf(after);
  let query = db.selectFrom('dead_letters').selectAll();
  if (source !== null) query = query.where('source', '=', source);
  if (place !== null) {
    query = query.where((eb) =>
      eb.or([eb('at', '<', place.time), eb.and([eb('at', '=', place.time), eb('id', '<', place.id)])]),
    );
  }
  const rows = await query
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit, (row) => ({ time: Number(row.at), id: row.id }), letterOf);
}

/** In the transaction of a commit; a letter that is there already (its place was read again) stays as it is. */
export async function saveDead(tx: Db, letters: readonly DeadLetter[]): Promise<void> {
  for (const { id, source, stream, offset, at, reason, text } of letters) {
    await tx
      .insertInto('dead_letters')
      .values({ id, source, stream, position: offset, at, reason, text })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

function letterOf(row: Tables['dead_letters']): DeadLetter {
  const { id, source, stream, position, at, reason, text } = row;
  // Redacted when it was set aside; the door is passed again so that the type tells the truth.
  return { id, source, stream, offset: Number(position), at: Number(at), reason, text: redact(text) };
}

import { keptRecord } from '../../domain/kept-record.ts';
import type { Redacted } from '../../domain/redact.ts';
import type { Progress, Store } from '../../ports/store.ts';
import type { Db } from './write.ts';

type EventPart = Pick<Store, 'records'>;

/** Events that were stored as they came. */
export function eventStore(db: Db): EventPart {
  return {
    async records({ from, to, order, source, saying, limit }) {
      let select = db
        .selectFrom('events')
        .select(['id', 'source', 'time', 'json'])
        .where('type', 'in', ['log', 'error'])
        .where('time', '>=', Math.round(from))
        .where('time', '<=', Math.round(to));
      if (source !== null) select = select.where('source', '=', source);
      if (saying !== null) select = select.where('json', 'like', `%${pattern(saying)}%`);
      const direction = order === 'oldest_first' ? 'asc' : 'desc';
      const rows = await select.orderBy('time', direction).orderBy('id', direction).limit(limit).execute();
      // What is stored has passed the door.
      return rows.map(({ id, source: of, time, json }) =>
        keptRecord({ id, source: of, timestamp: Number(time) }, json as Redacted),
      );
    },
  };
}

/** What would be a wildcard for many stands for any one character instead: what is looked for are ids, and no more is promised. */
function pattern(text: string): string {
  return text.replace(/[%_\\]/g, '_');
}

/**
 * In the transaction of a commit; an event that is there already was read again. How long it is kept is told by when it
 * was stored, `at` in epoch ms: an old log may be read today.
 */
export async function keepEvents(tx: Db, { source, kept, at }: Progress): Promise<void> {
  for (let from = 0; from < kept.length; from += ROWS) {
    const rows = kept
      .slice(from, from + ROWS)
      .map(({ id, timestamp, type, json }) => ({ id, source, type, json, at, time: Math.round(timestamp) }));
    await tx
      .insertInto('events')
      .values(rows)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

/** Rows of one statement. */
const ROWS = 100;

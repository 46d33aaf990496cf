import type { Rollup } from '../../domain/rollup.ts';
import type { RollupQuery, Store } from '../../ports/store.ts';
import type { Db } from './write.ts';

type RollupPart = Pick<Store, 'rolledSeries' | 'rollups'>;

/**
 * Hours of series: one row holds all series of a source whose hour ended in one commit, each as five doubles
 * (number of the series, count, sum, min, max). A hundred series are about 9 MB in 90 days.
 */
export function rollupStore(db: Db): RollupPart {
  return {
    async rolledSeries(source) {
      const rows = await db
        .selectFrom('series_names')
        .select('series')
        .where('source', '=', source)
        .orderBy('number')
        .execute();
      return rows.map(({ series }) => series);
    },
    rollups: (query) => read(db, query),
  };
}

const FIELDS = 5;
const FIELD_BYTES = 8;

/** In the transaction of a commit. */
export async function saveRollups(tx: Db, source: string, rollups: readonly Rollup[]): Promise<void> {
  if (rollups.length === 0) return;
  const numbers = await numbersOf(tx, source, rollups);
  for (const [hour, group] of Map.groupBy(rollups, (one) => one.hour)) {
    const part = await nextPart(tx, source, hour);
    const bytes = pack(group, numbers);
    await tx.insertInto('rollups').values({ source, hour, part, bytes }).execute();
  }
}

function pack(rollups: readonly Rollup[], numbers: ReadonlyMap<string, number>): Uint8Array {
  const bytes = Buffer.alloc(rollups.length * FIELDS * FIELD_BYTES);
  let at = 0;
  for (const { series, count, sum, min, max } of rollups) {
    for (const value of [numbers.get(series) ?? 0, count, sum, min, max]) {
      at = bytes.writeDoubleLE(value, at);
    }
  }
  return bytes;
}

/** Numbers of the series' names; a new name gets the next one. */
async function numbersOf(
  tx: Db,
  source: string,
  rollups: readonly Rollup[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .selectFrom('series_names')
    .select(['series', 'number'])
    .where('source', '=', source)
    .execute();
  const numbers = new Map(rows.map(({ series, number }) => [series, Number(number)]));
  for (const { series } of rollups) {
    if (numbers.has(series)) continue;
    const number = numbers.size;
    numbers.set(series, number);
    await tx.insertInto('series_names').values({ source, series, number }).execute();
  }
  return numbers;
}

async function nextPart(tx: Db, source: string, hour: number): Promise<number> {
  const row = await tx
    .selectFrom('rollups')
    .select((eb) => eb.fn.max('part').as('last'))
    .where('source', '=', source)
    .where('hour', '=', hour)
    .executeTakeFirst();
  return Number(row?.last ?? -1) + 1;
}

async function read(db: Db, { source, series, from, to }: RollupQuery): Promise<readonly Rollup[]> {
  let named = db.selectFrom('series_names').select(['series', 'number']).where('source', '=', source);
  if (series !== null) named = named.where('series', '=', series);
  const names = new Map((await named.execute()).map((row) => [Number(row.number), row.series]));
  if (names.size === 0) return [];
  const rows = await db
    .selectFrom('rollups')
    .select(['hour', 'bytes'])
    .where('source', '=', source)
    .where('hour', '>=', from)
    .where('hour', '<=', to)
    .orderBy('hour')
    .orderBy('part')
    .execute();
  const hours = new Map<string, Rollup>();
  for (const row of rows) {
    const hour = Number(row.hour);
    for (const one of unpack(row.bytes, names, hour)) {
      const key = `${hour} ${one.series}`;
      hours.set(key, merge(hours.get(key), one));
    }
  }
  return [...hours.values()];
}

/** The series whose numbers are named. */
function unpack(packed: Uint8Array, names: ReadonlyMap<number, string>, hour: number): readonly Rollup[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const found: Rollup[] = [];
  for (let at = 0; at < bytes.length; at += FIELDS * FIELD_BYTES) {
    const field = (index: number): number => bytes.readDoubleLE(at + index * FIELD_BYTES);
    const series = names.get(field(0));
    if (series === undefined) continue;
    found.push({ series, hour, count: field(1), sum: field(2), min: field(3), max: field(4) });
  }
  return found;
}

/** Late points of an hour make a second part of it. */
function merge(before: Rollup | undefined, one: Rollup): Rollup {
  if (before === undefined) return one;
  return {
    ...one,
    count: before.count + one.count,
    sum: before.sum + one.sum,
    min: Math.min(before.min, one.min),
    max: Math.max(before.max, one.max),
  };
}

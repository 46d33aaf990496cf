import type { Anomaly } from '../../domain/anomaly.ts';
import { type Recorded, record, type Sighting } from '../../domain/sighting.ts';
import type { Progress, Store } from '../../ports/store.ts';
import { anomalyById } from './anomalies.ts';
import { alongsideText, anomalyOf, courseText, rowOf } from './anomaly-row.ts';
import { saveDead } from './dead-letters.ts';
import { keepEvents } from './events.ts';
import { saveRollups } from './rollups.ts';
import type { Db, Write } from './write.ts';

type ProgressPart = Pick<Store, 'commit' | 'cursors' | 'memory' | 'sourceTotals'>;

/** How far sources have been read and what was seen: one transaction a commit. */
export function progressStore(db: Db, write: Write): ProgressPart {
  return {
    commit: (progress) => write((tx) => commit(tx, progress)),
    async cursors(source) {
      const rows = await db.selectFrom('cursors').selectAll().where('source', '=', source).execute();
      return rows.map(({ stream, position, mark }) => ({ stream, offset: Number(position), mark }));
    },
    async memory(source) {
      const rows = await db
        .selectFrom('memory')
        .select(['part', 'bytes'])
        .where('source', '=', source)
        .execute();
      return new Map(rows.map(({ part, bytes }) => [part, new Uint8Array(bytes)]));
    },
    async sourceTotals() {
      const rows = await db.selectFrom('source_totals').selectAll().execute();
      return rows.map((row) => ({
        source: row.source,
        events: Number(row.events),
        dropped: Number(row.dropped),
        lastCommit: Number(row.last_commit),
      }));
    },
  };
}

async function commit(tx: Db, progress: Progress): Promise<readonly Recorded[]> {
  const recorded: Recorded[] = [];
  for (const sighting of progress.sightings) recorded.push(await recordOne(tx, sighting, progress.at));
  await saveCursors(tx, progress);
  await saveMemory(tx, progress);
  await saveDead(tx, progress.dead);
  await saveRollups(tx, progress.source, progress.rollups);
  await keepEvents(tx, progress);
  await saveTotals(tx, progress);
  return recorded;
}

async function saveTotals(tx: Db, { source, events, dropped, at }: Progress): Promise<void> {
  await tx
    .insertInto('source_totals')
    .values({ source, events, dropped, last_commit: at })
    .onConflict((conflict) =>
      conflict.column('source').doUpdateSet((eb) => ({
        events: eb('source_totals.events', '+', events),
        dropped: eb('source_totals.dropped', '+', dropped),
        last_commit: at,
      })),
    )
    .execute();
}

async function recordOne(tx: Db, sighting: Sighting, now: number): Promise<Recorded> {
  const fingerprint = sighting.kind === 'opened' ? sighting.facts.fingerprint : sighting.fingerprint;
  const latest = await latestOf(tx, fingerprint);
  const recorded = record(latest, sighting, now);
  const { anomaly } = recorded;
  if (anomaly === null || anomaly === latest) return recorded;
  if (recorded.change === 'opened') {
    const twin = await anomalyById(tx, anomaly.id);
    if (twin !== null) return { change: 'silent', anomaly: twin };
    await tx
      .insertInto('anomalies')
      .values(rowOf(anomaly, await nextSeq(tx)))
      .execute();
  } else {
    const { occurrences, confidence, lastSeen, worst, mutedUntil, alongside } = anomaly;
    // Hardly ever does the course go on, and it is long.
    const course = anomaly.course === latest?.course ? {} : { course: courseText(anomaly.course) };
    await tx
      .updateTable('anomalies')
      .set({
        occurrences,
        confidence,
        last_seen: Math.round(lastSeen),
        worst,
        muted_until: mutedUntil,
        alongside: alongsideText(alongside),
        ...course,
      })
      .where('id', '=', anomaly.id)
      .execute();
  }
  return recorded;
}

async function latestOf(tx: Db, fingerprint: string): Promise<Anomaly | null> {
  const row = await tx
    .selectFrom('anomalies')
    .selectAll()
    .where('fingerprint', '=', fingerprint)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : anomalyOf(row);
}

/** Safe because writers come one after another (SQLite) or are asked again (PostgreSQL, serializable). */
async function nextSeq(tx: Db): Promise<number> {
  const row = await tx
    .selectFrom('anomalies')
    .select((eb) => eb.fn.max('seq').as('last'))
    .executeTakeFirst();
  return Number(row?.last ?? 0) + 1;
}

async function saveCursors(tx: Db, { source, cursors, endedStreams }: Progress): Promise<void> {
  for (const { stream, offset, mark } of cursors) {
    await tx
      .insertInto('cursors')
      .values({ source, stream, position: offset, mark })
      .onConflict((conflict) =>
        conflict.columns(['source', 'stream']).doUpdateSet({ position: offset, mark }),
      )
      .execute();
  }
  if (endedStreams.length > 0) {
    await tx
      .deleteFrom('cursors')
      .where('source', '=', source)
      .where('stream', 'in', [...endedStreams])
      .execute();
  }
}

async function saveMemory(tx: Db, { source, memory }: Progress): Promise<void> {
  for (const [part, bytes] of memory) {
    if (bytes === null) {
      await tx.deleteFrom('memory').where('source', '=', source).where('part', '=', part).execute();
      continue;
    }
    await tx
      .insertInto('memory')
      .values({ source, part, bytes })
      .onConflict((conflict) => conflict.columns(['source', 'part']).doUpdateSet({ bytes }))
      .execute();
  }
}

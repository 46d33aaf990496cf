import { isErrorLevel } from '../detectors/logs/new-template.ts';
import type { EventRecord, MetricRecord, Place, SourceRecord } from '../domain/event.ts';
import { deadLetter } from './dead.ts';
import { isTime } from './event-clock.ts';
import type { Telling, Verdict } from './gate.ts';
import { type Out, textOf } from './lines/stream.ts';
import { type Observed, observedOf } from './observed.ts';
import type { Parts } from './parts.ts';
import type { RecordBatch } from './record-batch.ts';

/** All records of a batch, each by itself: one that breaks stops no other. */
export function pushAll(parts: Parts, batch: RecordBatch): void {
  const { stream, records, offsets, marks, receivedAt } = batch;
  for (let i = 0; i < records.length; i += 1) {
    const record = records[i] ?? '';
    const offset = offsets[i] ?? 0;
    try {
      if (typeof record === 'string' || record.type === 'line') {
        const carried = typeof record === 'string' ? null : record;
        const text = typeof record === 'string' ? record : record.text;
        parts.streams.line(stream, { text, offset, mark: marks?.[i] ?? null, receivedAt, carried });
      } else {
        take(parts, record, { source: parts.source, stream, offset }, 'noteworthy');
      }
    } catch (error) {
      bury(parts, { stream, offset }, record, error);
    }
  }
}

/** What the streams say of lines. */
export function lineOut(parts: Parts): Out {
  return (joined, stream, read) => {
    try {
      observe(parts, read(joined));
    } catch (error) {
      bury(parts, { ...joined.lines[0], stream }, textOf(joined.lines), error);
    }
  };
}

/** One whole event. */
export function take(parts: Parts, record: EventRecord, place: Place, telling: Telling): Made {
  if (record.type !== 'metric') return observe(parts, observedOf(record, place));
  parts.keeper.point(record, place);
  return judgePoint(parts, record, telling);
}

/** Sets a record aside: it counts as read, and the source goes on. */
function bury(parts: Parts, at: Omit<Place, 'source'>, record: SourceRecord, error: unknown): void {
  const place = { source: parts.source, stream: at.stream, offset: at.offset };
  parts.dead.push(deadLetter(place, parts.latest, record, error));
}

export interface Made {
  readonly fingerprint: string | null;
  readonly verdict: Verdict | null;
}

/** One record: placed in time, judged by itself, gathered, and the buckets that it ends are judged. */
function observe(parts: Parts, observed: Observed): Made {
  const { clock } = parts;
  parts.events += 1;
  if (observed.trace !== null) parts.errors += 1;
  parts.keeper.record(observed);
  const time = clock.place(observed.timestamp);
  parts.deadMan.hear(clock.now, observed.trace === null && !isErrorLevel(observed.level));
  parts.rates.close(clock.now - parts.lateness);
  const noted = parts.noteworthy.note(observed, clock.now);
  parts.values.look(observed, noted, clock.now);
  if (time !== null) parts.rates.add(observed, time, noted);
  return noted;
}

function judgePoint(parts: Parts, event: MetricRecord, telling: Telling): Made {
  const { clock } = parts;
  parts.events += 1;
  // A point that comes late (a query catches up) was nevertheless then; one from the far future is taken for now.
  const then = isTime(event.timestamp) ? Math.min(event.timestamp, clock.now) : clock.now;
  const time = clock.place(event.timestamp) ?? then;
  parts.deadMan.hear(clock.now, true);
  return parts.rates.point(event, time, telling);
}

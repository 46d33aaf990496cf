import type { DeadLetter } from '../domain/dead-letter.ts';
import type { Detection } from '../domain/detection.ts';
import type { EventRecord, MetricRecord, Place, SourceRecord, TelemetryEvent } from '../domain/event.ts';
import { eventId } from '../domain/ids.ts';
import type { KeptEvent } from '../domain/kept-event.ts';
import type { Rollup } from '../domain/rollup.ts';
import type { Sighting } from '../domain/sighting.ts';
import { deadLetter } from './dead.ts';
import { type Episodes, episodes } from './episodes.ts';
import { type EventClock, eventClock } from './event-clock.ts';
import { type LineReader, lineReader, type SavedGuess, type Understood } from './formats/reader.ts';
import { NOTHING, type Telling, type Verdict } from './gate.ts';
import { keptPoint, keptRecord } from './keep.ts';
import { packJson, packNumbers, unpackJson, unpackNumbers } from './memory.ts';
import { type Noteworthy, noteworthy } from './noteworthy.ts';
import { type Observed, observedOf } from './observed.ts';
import type { PipelineOptions } from './options.ts';
import { type Rates, rates, type SeriesTraining } from './rates.ts';
import { type Out, textOf } from './stream.ts';
import { type Held, type SavedStream, type Streams, streams } from './streams.ts';

export type { PipelineOptions } from './options.ts';
export type { SeriesTraining } from './rates.ts';
export type { Held } from './streams.ts';

export interface Pushed {
  readonly events: number;
  /** In the order in which they were seen. */
  readonly sightings: readonly Sighting[];
  readonly opened: boolean;
  /** Records that could not be read; nothing else suffers from them. */
  readonly dead: readonly DeadLetter[];
  /** With `keepAll`: every event. */
  readonly kept: readonly KeptEvent[];
}

export interface PushedEvents extends Pushed {
  /** One an event, in order. */
  readonly detections: readonly Detection[];
  /** Of the detections: what an anomaly of this event would be; null for an ordinary one. */
  readonly fingerprints: readonly (string | null)[];
}

/** Records of one stream in order; structurally the sources' batch. `offsets[i]` is where `records[i]` begins. */
export interface RecordBatch {
  readonly stream: string;
  readonly records: readonly SourceRecord[];
  readonly offsets: readonly number[];
  readonly marks: readonly (string | null)[] | null;
  /** Epoch ms: the time of lines that carry none. */
  readonly receivedAt: number;
}

/** How much a pipeline has seen and learnt. */
export interface PipelineTotals {
  readonly errors: number;
  readonly templates: number;
  readonly series: number;
  /** Points that were not judged, because there are too many series, since the pipeline was made. */
  readonly dropped: number;
}

/**
 * From raw records of one source to sightings of anomalies. Synchronous, no I/O, no clock: the same stream gives the
 * same sightings however it is cut, and a pipeline restored from `changes` goes on as if nothing had been.
 */
export interface Pipeline {
  push(batch: RecordBatch): Pushed;
  pushEvents(events: readonly TelemetryEvent[]): PushedEvents;
  /** Silence speaks: what was held is said, buckets are closed. `now` as in `receivedAt`, epoch ms. */
  advance(now: number): Pushed;
  /** The first line that was read but is not yet an event; null for none. Its text is in no snapshot. */
  held(stream: string): Held | null;
  /** Memory that changed since the last call, by part. */
  changes(): ReadonlyMap<string, Uint8Array | null>;
  /** Hours of series that ended since the last call. */
  rolledUp(): readonly Rollup[];
  restore(memory: ReadonlyMap<string, Uint8Array>): void;
  /** Series as people may see them, with how far each has learnt. */
  training(): readonly SeriesTraining[];
  totals(): PipelineTotals;
  /** How the lines so far were read. */
  understood(): Understood;
}

/** What stands behind one pipeline. */
interface Parts {
  readonly source: string;
  readonly clock: EventClock;
  readonly episodes: Episodes;
  readonly noteworthy: Noteworthy;
  readonly rates: Rates;
  readonly reader: LineReader;
  readonly streams: Streams;
  /** Buckets wait so long for late records, ms of event time. */
  readonly lateness: number;
  /** As told by the caller: the latest time, and the latest at which something came. */
  latest: number;
  heardAt: number;
  /** Since the last answer. */
  events: number;
  /** Exceptions since the beginning. */
  errors: number;
  dead: DeadLetter[];
  /** Null when events are not kept. */
  kept: KeptEvent[] | null;
  touched: boolean;
}

export function createPipeline(options: PipelineOptions): Pipeline {
  const parts = createParts(options);
  return {
    push(batch) {
      hear(parts, batch.receivedAt);
      pushAll(parts, batch);
      return pushed(parts);
    },
    pushEvents(events) {
      hear(parts, parts.latest);
      const judged = events.map((event) => judgeEvent(parts, event));
      return {
        ...pushed(parts),
        detections: judged.map(({ detection }) => detection),
        fingerprints: judged.map(({ fingerprint }) => fingerprint),
      };
    },
    advance(now) {
      parts.streams.advance(now);
      parts.latest = Math.max(parts.latest, now);
      const waited = parts.heardAt === 0 ? 0 : parts.latest - parts.heardAt;
      // The source's own clock goes on as ours does, once everything that was written has had time to arrive.
      if (waited > GRACE_MS) parts.rates.close(parts.clock.now + waited - GRACE_MS - parts.lateness);
      return pushed(parts);
    },
    held: (stream) => parts.streams.held(stream),
    changes: () => changesOf(parts),
    rolledUp: () => parts.rates.rolledUp(),
    restore: (memory) => restoreInto(parts, memory),
    training: () => trainingOf(parts),
    totals: () => ({
      errors: parts.errors,
      templates: parts.noteworthy.messages.count,
      series: parts.rates.shown(),
      dropped: parts.rates.dropped,
    }),
    understood: () => parts.reader.understood(),
  };
}

function pushAll(parts: Parts, batch: RecordBatch): void {
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
function lineOut(of: () => Parts): Out {
  return (joined, stream, read) => {
    const parts = of();
    try {
      observe(parts, read(joined));
    } catch (error) {
      bury(parts, { ...joined.lines[0], stream }, textOf(joined.lines), error);
    }
  };
}

/** One whole event. */
function take(parts: Parts, record: EventRecord, place: Place, telling: Telling): Made {
  if (record.type !== 'metric') return observe(parts, observedOf(record, place));
  parts.kept?.push(keptPoint(record, place));
  return judgePoint(parts, record, telling);
}

/** Sets a record aside: it counts as read, and the source goes on. */
function bury(parts: Parts, at: Omit<Place, 'source'>, record: SourceRecord, error: unknown): void {
  const place = { source: parts.source, stream: at.stream, offset: at.offset };
  parts.dead.push(deadLetter(place, parts.latest, record, error));
}

function createParts(options: PipelineOptions): Parts {
  const { source, bucketSeconds, quietMinutes, dimensions, keepAll } = options;
  const bucketMs = bucketSeconds * 1000;
  const ongoing = episodes(quietMinutes * 60_000);
  const single = noteworthy(source, ongoing);
  const reader = lineReader(options);
  const parts: Parts = {
    source,
    clock: eventClock(),
    episodes: ongoing,
    noteworthy: single,
    rates: rates({ source, bucketMs, dimensions }, single.messages, ongoing),
    reader,
    streams: streams({ source, reader, out: lineOut(() => parts) }),
    lateness: Math.min(bucketMs / 2, 2000),
    latest: 0,
    heardAt: 0,
    events: 0,
    errors: 0,
    dead: [],
    kept: keepAll ? [] : null,
    touched: false,
  };
  return parts;
}

function hear(parts: Parts, at: number): void {
  parts.latest = Math.max(parts.latest, at);
  parts.heardAt = parts.latest;
}

function pushed(parts: Parts): Pushed {
  const { events, dead, kept } = parts;
  parts.events = 0;
  if (dead.length > 0) parts.dead = [];
  if (kept !== null) parts.kept = [];
  parts.touched ||= events > 0;
  const sightings = parts.episodes.take();
  return {
    events,
    sightings,
    opened: sightings.some((one) => one.kind === 'opened'),
    dead,
    kept: kept ?? [],
  };
}

/** How long a silent source's records may still be on their way. */
const GRACE_MS = 1000;

interface Made {
  readonly fingerprint: string | null;
  readonly verdict: Verdict | null;
}

/** One record: placed in time, judged by itself, gathered, and the buckets that it ends are judged. */
function observe(parts: Parts, observed: Observed): Made {
  const { clock } = parts;
  parts.events += 1;
  if (observed.trace !== null) parts.errors += 1;
  parts.kept?.push(keptRecord(observed));
  const time = clock.place(observed.timestamp);
  parts.rates.close(clock.now - parts.lateness);
  const noted = parts.noteworthy.note(observed, clock.now);
  if (time !== null) parts.rates.add(observed, time, noted);
  return noted;
}

interface JudgedEvent {
  readonly detection: Detection;
  readonly fingerprint: string | null;
}

function judgeEvent(parts: Parts, event: TelemetryEvent): JudgedEvent {
  const made = take(parts, event, event, 'all');
  const { isAnomaly, confidence, readings, expectedRange } = made.verdict ?? NOTHING;
  return {
    detection: { eventId: eventId(event), isAnomaly, confidence, readings, expectedRange },
    fingerprint: isAnomaly ? made.fingerprint : null,
  };
}

function judgePoint(parts: Parts, event: MetricRecord, telling: Telling): Made {
  const { clock } = parts;
  parts.events += 1;
  // A point that comes late (a query catches up) was nevertheless then; one from the far future is taken for now.
  const time = clock.place(event.timestamp) ?? Math.min(event.timestamp || clock.now, clock.now);
  return parts.rates.point(event, time, telling);
}

function changesOf(parts: Parts): ReadonlyMap<string, Uint8Array | null> {
  const changed = new Map<string, Uint8Array | null>([
    ...parts.noteworthy.changes(),
    ...parts.rates.changes(),
  ]);
  if (parts.touched) {
    changed.set('clock', packNumbers(Float64Array.of(parts.heardAt, ...parts.clock.snapshot())));
    changed.set('streams', packJson(parts.streams.snapshot()));
    changed.set('zone', packJson(parts.reader.snapshot()));
  }
  parts.touched = false;
  if (parts.episodes.changed) changed.set('episodes', packJson(parts.episodes.snapshot()));
  return changed;
}

function restoreInto(parts: Parts, memory: ReadonlyMap<string, Uint8Array>): void {
  const clock = memory.get('clock');
  if (clock !== undefined) {
    const [heardAt = 0, ...rest] = unpackNumbers(clock);
    parts.heardAt = heardAt;
    parts.latest = heardAt;
    parts.clock.restore(Float64Array.from(rest));
  }
  const known = memory.get('streams');
  if (known !== undefined) parts.streams.restore(unpackJson<readonly SavedStream[]>(known));
  const zone = memory.get('zone');
  if (zone !== undefined) parts.reader.restore(unpackJson<SavedGuess>(zone));
  const saved = memory.get('episodes');
  if (saved !== undefined) parts.episodes.restore(unpackJson(saved));
  parts.noteworthy.restore(memory);
  parts.rates.restore(memory);
}

function trainingOf({ noteworthy: single, rates: numbers, clock }: Parts): readonly SeriesTraining[] {
  const { seen, needed } = single.training();
  const state = seen < needed ? 'training' : 'normal';
  return [{ name: 'messages', state, seen: Math.min(seen, needed), needed }, ...numbers.training(clock.now)];
}

import type { Detection } from '../domain/detection.ts';
import type { ErrorEvent, LogEvent, MetricEvent, TelemetryEvent } from '../domain/event.ts';
import { eventId } from '../domain/ids.ts';
import { redact } from '../domain/redact.ts';
import type { Sighting } from '../domain/sighting.ts';
import { episodes } from './episodes.ts';
import { type EventClock, eventClock } from './event-clock.ts';
import type { Observed } from './facts.ts';
import type { Verdict } from './gate.ts';
import { packJson, packNumbers, unpackJson, unpackNumbers } from './memory.ts';
import { type Noteworthy, noteworthy } from './noteworthy.ts';
import { type Rates, rates, type SeriesTraining } from './rates.ts';
import { type LineBatch, type SavedStream, streams } from './streams.ts';

export type { SeriesTraining } from './rates.ts';
export type { LineBatch } from './streams.ts';

export interface PipelineOptions {
  /** Name of the source; one pipeline per source. */
  readonly source: string;
  readonly bucketSeconds: number;
  /** An episode ends after so long without an event, or after twenty usual gaps if that is longer. */
  readonly quietMinutes: number;
  /** Log fields that split a numeric series, the first that a record carries. */
  readonly dimensions: readonly string[];
}

export interface Pushed {
  readonly events: number;
  /** In the order in which they were seen. */
  readonly sightings: readonly Sighting[];
  readonly opened: boolean;
}

export interface PushedEvents extends Pushed {
  /** One an event, in order. */
  readonly detections: readonly Detection[];
  /** Of the detections: what an anomaly of this event would be; null for an ordinary one. */
  readonly fingerprints: readonly (string | null)[];
}

/** How much a pipeline has seen and learnt. */
export interface PipelineTotals {
  readonly errors: number;
  readonly templates: number;
  readonly series: number;
}

/**
 * From raw records of one source to sightings of anomalies. Synchronous, no I/O, no clock: the same stream gives the
 * same sightings however it is cut, and a pipeline restored from `changes` goes on as if nothing had been.
 */
export interface Pipeline {
  push(batch: LineBatch): Pushed;
  pushEvents(events: readonly TelemetryEvent[]): PushedEvents;
  /** Silence speaks: what was held is said, buckets are closed. `now` as in `receivedAt`, epoch ms. */
  advance(now: number): Pushed;
  /** Offset of the first line that was read but is not yet an event; null for none. Its text is in no snapshot. */
  held(stream: string): number | null;
  /** Memory that changed since the last call, by part. */
  changes(): ReadonlyMap<string, Uint8Array | null>;
  restore(memory: ReadonlyMap<string, Uint8Array>): void;
  /** Series as people may see them, with how far each has learnt. */
  training(): readonly SeriesTraining[];
  totals(): PipelineTotals;
}

/** What stands behind one pipeline. */
interface Parts {
  readonly options: PipelineOptions;
  readonly clock: EventClock;
  readonly noteworthy: Noteworthy;
  readonly rates: Rates;
  /** Buckets wait so long for late records, ms of event time. */
  readonly lateness: number;
}

export function createPipeline(options: PipelineOptions): Pipeline {
  const bucketMs = options.bucketSeconds * 1000;
  const { source, dimensions } = options;
  const ongoing = episodes(options.quietMinutes * 60_000);
  const single = noteworthy(source, ongoing);
  const parts: Parts = {
    options,
    clock: eventClock(),
    noteworthy: single,
    rates: rates({ source, bucketMs, dimensions }, single, ongoing),
    lateness: Math.min(bucketMs / 2, 2000),
  };
  const lines = streams(source);
  // As told by the caller: the latest time, and the latest at which something came.
  let latest = 0;
  let heardAt = 0;
  let errors = 0;
  let events = 0;
  let touched = false;

  function take(observed: Observed): Made {
    events += 1;
    if (observed.trace !== null) errors += 1;
    return observe(parts, observed);
  }

  function pushed(): Pushed {
    const sightings = ongoing.take();
    const count = events;
    events = 0;
    touched ||= count > 0;
    return { events: count, sightings, opened: sightings.some((one) => one.kind === 'opened') };
  }

  return {
    push(batch) {
      latest = Math.max(latest, batch.receivedAt);
      heardAt = latest;
      lines.read(batch, take);
      return pushed();
    },
    pushEvents(batch) {
      heardAt = latest;
      const judged = batch.map((event) => {
        if (event.type !== 'metric') return judgedAs(event, take(observedOf(event)));
        events += 1;
        return judgedAs(event, judgePoint(parts, event));
      });
      return {
        ...pushed(),
        detections: judged.map(({ detection }) => detection),
        fingerprints: judged.map(({ fingerprint }) => fingerprint),
      };
    },
    advance(now) {
      lines.advance(now, take);
      latest = Math.max(latest, now);
      const waited = heardAt === 0 ? 0 : latest - heardAt;
      // The source's own clock goes on as ours does, once everything that was written has had time to arrive.
      if (waited > GRACE_MS) parts.rates.close(parts.clock.now + waited - GRACE_MS - parts.lateness);
      return pushed();
    },
    held: (stream) => lines.held(stream),
    changes() {
      const changed = new Map<string, Uint8Array | null>([...single.changes(), ...parts.rates.changes()]);
      if (touched) {
        changed.set('clock', packNumbers(Float64Array.of(heardAt, ...parts.clock.snapshot())));
        changed.set('streams', packJson(lines.snapshot()));
      }
      touched = false;
      if (ongoing.changed) changed.set('episodes', packJson(ongoing.snapshot()));
      return changed;
    },
    restore(memory) {
      const clock = memory.get('clock');
      if (clock !== undefined) {
        const numbers = unpackNumbers(clock);
        heardAt = numbers[0] ?? 0;
        latest = heardAt;
        parts.clock.restore(numbers.subarray(1));
      }
      const known = memory.get('streams');
      if (known !== undefined) lines.restore(unpackJson<readonly SavedStream[]>(known));
      const saved = memory.get('episodes');
      if (saved !== undefined) ongoing.restore(unpackJson(saved));
      single.restore(memory);
      parts.rates.restore(memory);
    },
    training: () => {
      const { seen, needed } = single.messages;
      const state = seen < needed ? 'training' : 'normal';
      return [
        { name: 'messages', state, seen: Math.min(seen, needed), needed },
        ...parts.rates.training(parts.clock.now),
      ];
    },
    totals: () => ({
      errors,
      templates: single.templates,
      series: parts.rates.training(parts.clock.now).length,
    }),
  };
}

/** How long a silent source's records may still be on their way. */
const GRACE_MS = 1000;

interface Made {
  readonly fingerprint: string | null;
  readonly verdict: Verdict | null;
}

/** One record: placed in time, judged by itself, gathered, and the buckets that it ends are judged. */
function observe({ clock, noteworthy: single, rates: numbers, lateness }: Parts, observed: Observed): Made {
  const time = clock.place(observed.timestamp);
  numbers.close(clock.now - lateness);
  const noted = single.note(observed, clock.now);
  if (time !== null) numbers.add(observed, time, noted);
  return noted;
}

interface JudgedEvent {
  readonly detection: Detection;
  readonly fingerprint: string | null;
}

function judgedAs(event: TelemetryEvent, { verdict, fingerprint }: Made): JudgedEvent {
  return {
    detection: {
      eventId: eventId(event),
      isAnomaly: verdict?.isAnomaly ?? false,
      confidence: verdict?.confidence ?? 0,
      readings: verdict?.readings ?? [],
      expectedRange: verdict?.expectedRange ?? null,
    },
    fingerprint: verdict?.isAnomaly === true ? fingerprint : null,
  };
}

function judgePoint({ clock, rates: numbers }: Parts, event: MetricEvent): Made {
  const time = clock.place(event.timestamp) ?? clock.now;
  const labels = Object.entries(event.metadata).map(([name, value]) => `${name}=${value}`);
  const { metricName, value } = event.data;
  return numbers.point(
    { name: metricName, labels: labels.length === 0 ? null : redact(labels.sort().join(' ')).slice(0, 200) },
    value,
    time,
  );
}

function observedOf(event: LogEvent | ErrorEvent): Observed {
  const { source, stream, offset, timestamp, metadata } = event;
  const { level, message, fields } = event.data;
  const trace = event.type === 'error' ? event.data.trace : null;
  return {
    source,
    stream,
    offset,
    timestamp,
    level: level ?? (trace === null ? null : 'error'),
    message,
    fields,
    trace,
    labels: metadata,
    text: () => (trace === null ? message : `${trace.errorType}: ${trace.message}`),
    before: () => [],
  };
}

import type { DeadLetter } from '../domain/dead-letter.ts';
import type { Detection } from '../domain/detection.ts';
import type { TelemetryEvent } from '../domain/event.ts';
import { eventId } from '../domain/ids.ts';
import type { KeptEvent } from '../domain/kept-event.ts';
import type { Rollup } from '../domain/rollup.ts';
import type { Sighting } from '../domain/sighting.ts';
import type { Understood } from './formats/reader.ts';
import { NOTHING } from './gate.ts';
import type { Held } from './lines/streams.ts';
import type { PipelineOptions } from './options.ts';
import { createParts, type Parts } from './parts.ts';
import type { RecordBatch } from './record-batch.ts';
import type { RowScores } from './row-score.ts';
import type { SeriesTraining } from './series/training.ts';
import { changesOf, restoreInto } from './snapshot.ts';
import { lineOut, pushAll, take } from './take.ts';

export type { Held } from './lines/streams.ts';
export type { PipelineOptions } from './options.ts';
export type { RecordBatch } from './record-batch.ts';
export type { SeriesTraining } from './series/training.ts';

export interface Pushed {
  readonly events: number;
  /** In the order in which they were seen. */
  readonly sightings: readonly Sighting[];
  readonly opened: boolean;
  /** Records that could not be read; nothing else suffers from them. */
  readonly dead: readonly DeadLetter[];
  /** Events that are to be stored, by `keep` of the options. */
  readonly kept: readonly KeptEvent[];
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
  /** Points that were not judged, because there are too many series, since the pipeline was made. */
  readonly dropped: number;
  /** From the first event to the latest, by their own times, ms. */
  readonly spanMs: number;
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
  /** False when the memory is of another build's format: then all is learnt anew. */
  restore(memory: ReadonlyMap<string, Uint8Array>): boolean;
  /** Series as people may see them, with how far each has learnt. */
  training(): readonly SeriesTraining[];
  totals(): PipelineTotals;
  /** How the lines so far were read. */
  understood(): Understood;
}

/** `scores` hears all confidences, for who wants a score of each row; null for nobody. */
export function createPipeline(options: PipelineOptions, scores: RowScores | null = null): Pipeline {
  const parts = createParts(options, lineOut, scores);
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
      parts.deadMan.pass(parts.latest);
      parts.deadMan.wait();
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
      dropped: parts.rates.dropped(),
      spanMs: Math.max(0, parts.clock.now - parts.clock.began),
    }),
    understood: () => parts.reader.understood(),
  };
}

function hear(parts: Parts, at: number): void {
  parts.latest = Math.max(parts.latest, at);
  parts.heardAt = parts.latest;
  parts.deadMan.pass(parts.latest);
}

function pushed(parts: Parts): Pushed {
  const { events, dead } = parts;
  parts.events = 0;
  if (dead.length > 0) parts.dead = [];
  parts.touched ||= events > 0;
  const sightings = parts.episodes.take();
  return {
    events,
    sightings,
    opened: sightings.some((one) => one.kind === 'opened'),
    dead,
    kept: parts.keeper.take(),
  };
}

/** How long a silent source's records may still be on their way. */
const GRACE_MS = 1000;

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

function trainingOf({ noteworthy: single, rates: numbers, clock }: Parts): readonly SeriesTraining[] {
  const { seen, needed } = single.training();
  const state = seen < needed ? 'training' : 'normal';
  const messages = { name: 'messages', state, seen: Math.min(seen, needed), needed, points: seen } as const;
  return [{ ...messages, waiting: [] }, ...numbers.training(clock.now)];
}

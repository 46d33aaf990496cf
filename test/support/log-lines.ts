import type { Sighting } from '../../src/domain/sighting.ts';
import { USUAL } from '../../src/pipeline/options.ts';
import { createPipeline, type Pipeline, type PipelineOptions } from '../../src/pipeline/pipeline.ts';

/** Times of tests begin here. */
export const T0 = Date.UTC(2026, 0, 5, 12);

/** Numbers in [0,1) that are the same each time. */
export function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A request as pino writes it. */
export function requestLine(time: number, path: string, durationMs: number, status = 200): string {
  return JSON.stringify({ level: 30, time, msg: 'request completed', path, status, duration_ms: durationMs });
}

export function pipelineOf(options: Partial<PipelineOptions> = {}): Pipeline {
  return createPipeline({ ...USUAL, source: 'app', bucketSeconds: 1, ...options });
}

export interface Pushing {
  readonly stream?: string;
  readonly receivedAt?: number;
  /** Lines a batch. */
  readonly cut?: number;
  /** Number of the first line: its offset. */
  readonly from?: number;
}

/** Pushes lines whose offsets are their numbers; what was seen. */
export function pushLines(
  pipeline: Pipeline,
  lines: readonly string[],
  how: Pushing = {},
): readonly Sighting[] {
  const { stream = 's', receivedAt = T0, cut = lines.length, from = 0 } = how;
  const seen: Sighting[] = [];
  for (let at = 0; at < lines.length; at += Math.max(1, cut)) {
    const part = lines.slice(at, at + Math.max(1, cut));
    const offsets = part.map((_, i) => from + at + i);
    seen.push(...pipeline.push({ stream, records: part, offsets, marks: null, receivedAt }).sightings);
  }
  return seen;
}

export function openings(sightings: readonly Sighting[]) {
  return sightings.flatMap((one) => (one.kind === 'opened' ? [one.facts] : []));
}

/** Sightings as they add up, whatever the cut: openings with all their events. */
export function addedUp(sightings: readonly Sighting[]) {
  const anomalies: {
    id: string;
    fingerprint: string;
    occurrences: number;
    lastSeen: number;
    confidence: number;
  }[] = [];
  for (const one of sightings) {
    if (one.kind === 'opened') {
      const { id, fingerprint, occurrences, lastSeen, confidence } = one.facts;
      anomalies.push({ id, fingerprint, occurrences, lastSeen, confidence });
      continue;
    }
    const anomaly = anomalies.findLast(({ fingerprint }) => fingerprint === one.fingerprint);
    if (anomaly === undefined) throw new Error(`${one.fingerprint} repeated before it opened`);
    anomaly.occurrences += one.count;
    anomaly.lastSeen = one.lastSeen;
    anomaly.confidence = one.confidence;
  }
  return anomalies;
}

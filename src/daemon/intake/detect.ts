import { eventId } from '../../domain/ids.ts';
import type { Desk } from '../api/desk.ts';
import { type EventIn, recordOf } from './records.ts';

interface Result {
  event_id: string;
  is_anomaly: boolean;
  confidence: number;
  anomaly_id: string | null;
}

let count = 0;

/**
 * Judges events at once, each under the source that it names, and commits before it answers. Results stand in the
 * order of the events.
 * @throws VigilError `bad_request` naming the field; those of the store.
 */
export async function detect(events: readonly EventIn[], desk: Desk): Promise<Result[]> {
  const now = desk.work.clock.now();
  const stream = `api-${desk.startedAt}`;
  const placed = events.map((event, index) => {
    count += 1;
    return { ...recordOf(event, index, now), source: event.source, stream, offset: count };
  });
  const results = new Map<string, Result>();
  for (const [source, group] of Map.groupBy(placed, (event) => event.source)) {
    const { pushed, recorded } = await desk.sources.judge(source, group);
    const anomalies = new Map(
      recorded.flatMap(({ anomaly }) =>
        anomaly === null ? [] : [[anomaly.fingerprint, anomaly.id] as const],
      ),
    );
    for (const [at, detection] of pushed.detections.entries()) {
      const fingerprint = pushed.fingerprints[at] ?? null;
      results.set(detection.eventId, {
        event_id: detection.eventId,
        is_anomaly: detection.isAnomaly,
        confidence: detection.confidence,
        anomaly_id: detection.isAnomaly && fingerprint !== null ? (anomalies.get(fingerprint) ?? null) : null,
      });
    }
  }
  return placed.map((event) => {
    const id = eventId(event);
    return results.get(id) ?? { event_id: id, is_anomaly: false, confidence: 0, anomaly_id: null };
  });
}

import { z } from 'zod';
import { VigilError } from '../domain/errors.ts';
import type { Level, TelemetryEvent } from '../domain/event.ts';
import { eventId } from '../domain/ids.ts';
import { levelOf } from '../pipeline/formats/level.ts';
import { parseTrace } from '../pipeline/traces/parse.ts';
import type { Desk } from './desk.ts';

/** One event as the contract lets it in. */
interface EventIn {
  readonly timestamp?: string | undefined;
  readonly source: string;
  readonly type: 'metric' | 'log' | 'error';
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Result {
  event_id: string;
  is_anomaly: boolean;
  confidence: number;
  anomaly_id: string | null;
}

const metricData = z.object({ metric_name: z.string().min(1).max(200), value: z.number() });
const fields = z.record(z.string(), z.unknown()).nullable().default(null);
const level = z
  .string()
  .nullable()
  .default(null)
  .transform((word): Level | null => (word === null ? null : levelOf(word)));
const logData = z.object({ message: z.string(), level, fields });
const errorData = z.object({ message: z.string(), stack: z.string(), level, fields });

let count = 0;

/**
 * Judges events at once, each under the source that it names, and commits before it answers. Results stand in the
 * order of the events.
 * @throws VigilError `bad_request` naming the field; those of the store.
 */
export async function detect(events: readonly EventIn[], desk: Desk): Promise<Result[]> {
  const now = desk.work.clock.now();
  const placed = events.map((event, index) =>
    eventOf(event, { index, now, stream: `api-${desk.startedAt}` }),
  );
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

interface Place {
  readonly index: number;
  readonly now: number;
  readonly stream: string;
}

function eventOf(event: EventIn, place: Place): TelemetryEvent {
  count += 1;
  const base = {
    source: event.source,
    stream: place.stream,
    offset: count,
    timestamp: event.timestamp === undefined ? place.now : Date.parse(event.timestamp),
    metadata: event.metadata,
  };
  switch (event.type) {
    case 'metric': {
      const { metric_name: metricName, value } = parsed(metricData, event, place);
      return { ...base, type: 'metric', data: { metricName, value } };
    }
    case 'log':
      return { ...base, type: 'log', data: parsed(logData, event, place) };
    case 'error': {
      const { stack, ...data } = parsed(errorData, event, place);
      const trace = parseTrace(stack.split('\n'));
      if (trace === null) {
        const what = `the field \`events.${place.index}.data.stack\` is no stack trace that VigilAI knows`;
        throw new VigilError('bad_request', { what });
      }
      return { ...base, type: 'error', data: { ...data, trace } };
    }
  }
}

function parsed<T>(schema: z.ZodType<T>, event: EventIn, { index }: Place): T {
  const result = schema.safeParse(event.data);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = ['events', index, 'data', ...(issue?.path ?? [])].join('.');
  throw new VigilError('bad_request', {
    what: `the field \`${field}\`: ${issue?.message ?? 'not as expected'}`,
  });
}

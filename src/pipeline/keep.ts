import type { MetricRecord, Place } from '../domain/event.ts';
import { eventId } from '../domain/ids.ts';
import type { KeptEvent } from '../domain/kept-event.ts';
import { redactBeginning } from '../domain/redact.ts';
import { isTime } from './event-clock.ts';
import type { Observed } from './observed.ts';

const LONGEST = 16_000;

/** A record as it is stored where every event is to be kept. */
export function keptRecord(observed: Observed): KeptEvent {
  const { timestamp, level, message, trace, labels } = observed;
  const error = trace === null ? null : `${trace.errorType}: ${trace.message}`;
  const text = observed.text();
  return kept(observed, trace === null ? 'log' : 'error', { timestamp, level, message, error, text, labels });
}

export function keptPoint({ timestamp, data, metadata }: MetricRecord, place: Place): KeptEvent {
  return kept(place, 'metric', { timestamp, ...data, labels: metadata });
}

interface Said extends Readonly<Record<string, unknown>> {
  readonly timestamp: number;
}

function kept(place: Place, type: KeptEvent['type'], said: Said): KeptEvent {
  const json = redactBeginning(JSON.stringify(said), LONGEST);
  // What carries no time of any calendar is found at the beginning of all times.
  return { id: eventId(place), timestamp: isTime(said.timestamp) ? said.timestamp : 0, type, json };
}

import { type Messages, messageFingerprint } from '../messages/noteworthy.ts';
import { type Series, type SeriesName, seriesLabel } from './series.ts';

/** What of a series is abnormal is this fault. */
export function fingerprintOf(source: string, name: SeriesName): string {
  if (name.kind === 'fault') return name.metric;
  if (isMessage(name)) return messageFingerprint(source, name.metric);
  return metricFingerprint(source, seriesLabel(name));
}

/** Of a series that measures or counts something; with no label the beginning of all of a source. */
export function metricFingerprint(source: string, label: string): string {
  return `metric:${source}:${label}`;
}

/** Text of the message or exception that is counted; null for what has a name of its own. */
export function spokenOf(source: string, messages: Messages, name: SeriesName): string | null {
  if (isMessage(name)) return messages.textOf(name.metric) ?? '';
  if (name.kind !== 'fault') return null;
  const [errorType = '', ...where] = name.metric.replace(`error:${source}:`, '').split('@');
  const place = where.join('@');
  return `${errorType} in ${messages.textOf(place) ?? place}`;
}

/** Messages and exceptions are too many to be shown each. */
export function isShown({ name }: Series): boolean {
  return !isMessage(name) && name.kind !== 'fault';
}

function isMessage({ kind }: SeriesName): boolean {
  return kind === 'message' || kind === 'error-message';
}

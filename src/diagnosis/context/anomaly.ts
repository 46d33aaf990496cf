import type { Anomaly } from '../../domain/anomaly.ts';
import type { Candidate } from './candidate.ts';

/** The error, the message or the metric itself. */
export function anomalyItem({ kind, title, timestamp, sample }: Anomaly): Candidate {
  return { id: 'E1', kind, title, time: timestamp, text: sample.text, weight: 1, focus: null };
}

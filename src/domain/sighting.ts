import { type Anomaly, type AnomalyFacts, isOpen } from './anomaly.ts';

/** What the pipeline says of an episode. The store turns it into an anomaly inside the checkpoint's transaction. */
export type Sighting =
  /** An episode opens. `facts.occurrences` counts every event of it in this commit. */
  | { readonly kind: 'opened'; readonly facts: AnomalyFacts }
  /** Further events of an episode that was opened in an earlier commit. */
  | {
      readonly kind: 'repeated';
      readonly fingerprint: string;
      readonly count: number;
      readonly lastSeen: number;
      readonly confidence: number;
    };

/** What a sighting did to the anomalies. */
export type Recorded =
  | { readonly change: 'opened'; readonly anomaly: Anomaly }
  | { readonly change: 'joined'; readonly anomaly: Anomaly }
  | { readonly change: 'silent'; readonly anomaly: Anomaly | null };

/**
 * The law of episodes (ARCHITECTURE.md, Episodes). `latest` is the newest anomaly of the fingerprint. An episode joins
 * an anomaly that is still open; after `resolved` it opens a new one that names the old; after `false_positive` it
 * only counts. Recording the same opening twice changes nothing.
 */
export function record(latest: Anomaly | null, sighting: Sighting): Recorded {
  if (sighting.kind === 'repeated') return repeat(latest, sighting);
  const { facts } = sighting;
  if (latest === null) return { change: 'opened', anomaly: { ...facts, status: 'detected' } };
  if (latest.id === facts.id) return { change: 'silent', anomaly: latest };
  if (latest.status === 'resolved') {
    return { change: 'opened', anomaly: { ...facts, recurrenceOf: latest.id, status: 'detected' } };
  }
  const anomaly = countUp(latest, facts.occurrences, facts.lastSeen, facts.confidence);
  return { change: isOpen(latest) ? 'joined' : 'silent', anomaly };
}

function repeat(latest: Anomaly | null, seen: Extract<Sighting, { kind: 'repeated' }>): Recorded {
  if (latest === null) return { change: 'silent', anomaly: null };
  const anomaly = countUp(latest, seen.count, seen.lastSeen, seen.confidence);
  return { change: isOpen(latest) ? 'joined' : 'silent', anomaly };
}

function countUp(anomaly: Anomaly, count: number, lastSeen: number, confidence: number): Anomaly {
  return {
    ...anomaly,
    occurrences: anomaly.occurrences + count,
    lastSeen: Math.max(anomaly.lastSeen, lastSeen),
    confidence: Math.max(anomaly.confidence, confidence),
  };
}

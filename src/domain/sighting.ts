import { type Anomaly, type AnomalyFacts, isOpen } from './anomaly.ts';
import { type Alongside, joined } from './companion.ts';
import { type Course, goOn } from './course.ts';
import { isClearlyWorse, worseOf } from './worse.ts';

/** What the pipeline says of an episode. The store turns it into an anomaly inside the checkpoint's transaction. */
export type Sighting =
  /** An episode opens. `facts.occurrences` counts every event of it in this commit. */
  | { readonly kind: 'opened'; readonly facts: AnomalyFacts }
  /** Further events of an episode that was opened in an earlier commit. */
  | {
      readonly kind: 'repeated';
      readonly fingerprint: string;
      /** Id of the anomaly that the episode opened, or would have opened. */
      readonly opening: string;
      /** May be 0: the course went on in the usual range. */
      readonly count: number;
      readonly lastSeen: number;
      readonly confidence: number;
      /** Values since, in order of time: they belong to that anomaly alone. */
      readonly course: Course;
      /** Series that turned abnormal with it since. */
      readonly alongside: Alongside;
      /** What it would be as an anomaly of its own, once it became clearly worse; else null. */
      readonly worse: AnomalyFacts | null;
    };

/** What a sighting did to the anomalies. */
export type Recorded =
  | { readonly change: 'opened'; readonly anomaly: Anomaly }
  | { readonly change: 'joined'; readonly anomaly: Anomaly }
  /** It joined, and is told again: it had been quiet for a day, or muted and got clearly worse. */
  | { readonly change: 'returned'; readonly anomaly: Anomaly }
  | { readonly change: 'silent'; readonly anomaly: Anomaly | null };

/**
 * The law of episodes (ARCHITECTURE.md, Episodes). `latest` is the newest anomaly of the fingerprint, `now` in epoch ms. An
 * episode joins an anomaly that is still open, and is told again after a quiet day; after `resolved` it opens a new one that names the old; after
 * `false_positive`, and while it is muted, it only counts unless it is clearly worse. Recording an opening twice changes nothing.
 */
export function record(latest: Anomaly | null, sighting: Sighting, now: number): Recorded {
  const facts = sighting.kind === 'opened' ? sighting.facts : sighting.worse;
  if (latest === null) return first(sighting);
  if (latest.id === facts?.id) return { change: 'silent', anomaly: latest };
  if (isSilenced(latest, now)) return stir(latest, sighting, facts);
  if (latest.status === 'resolved' && sighting.kind === 'opened') return again(latest, sighting.facts);
  return join(latest, sighting, facts);
}

function first(sighting: Sighting): Recorded {
  if (sighting.kind === 'repeated') return { change: 'silent', anomaly: null };
  return { change: 'opened', anomaly: { ...sighting.facts, status: 'detected' } };
}

const DAY_MS = 86_400_000;

function join(latest: Anomaly, sighting: Sighting, facts: AnomalyFacts | null): Recorded {
  const anomaly = { ...countUp(latest, sighting), worst: worseOf(facts?.worst ?? null, latest) };
  if (!isOpen(latest)) return { change: 'silent', anomaly };
  const isBack = sighting.kind === 'opened' && sighting.facts.firstSeen - latest.lastSeen >= DAY_MS;
  return { change: isBack ? 'returned' : 'joined', anomaly };
}

/** A person has said that it is nothing, or nothing for now. */
function isSilenced({ status, mutedUntil }: Anomaly, now: number): boolean {
  return status === 'false_positive' || (mutedUntil !== null && now < mutedUntil);
}

/** It speaks up once it is clearly worse than what was silenced. */
function stir(latest: Anomaly, sighting: Sighting, facts: AnomalyFacts | null): Recorded {
  const counted = countUp(latest, sighting);
  if (facts === null || !isClearlyWorse(facts.worst, latest)) return { change: 'silent', anomaly: counted };
  if (!isOpen(latest)) return again(latest, { ...facts, alongside: counted.alongside });
  return { change: 'returned', anomaly: { ...counted, worst: facts.worst, mutedUntil: null } };
}

function again(before: Anomaly, facts: AnomalyFacts): Recorded {
  return { change: 'opened', anomaly: { ...facts, recurrenceOf: before.id, status: 'detected' } };
}

function countUp(anomaly: Anomaly, sighting: Sighting): Anomaly {
  const opened = sighting.kind === 'opened';
  const { lastSeen, confidence, alongside } = opened ? sighting.facts : sighting;
  const count = opened ? sighting.facts.occurrences : sighting.count;
  const course = opened || sighting.opening !== anomaly.id ? [] : sighting.course;
  return {
    ...anomaly,
    occurrences: anomaly.occurrences + count,
    lastSeen: Math.max(anomaly.lastSeen, lastSeen),
    confidence: Math.max(anomaly.confidence, confidence),
    course: goOn(anomaly.course, course),
    alongside: joined(anomaly.alongside, alongside),
  };
}

import type { AnomalyFacts } from '../domain/anomaly.ts';
import type { Sighting } from '../domain/sighting.ts';

/** One event of a fingerprint, with what the gate said of it. */
export interface Occurrence {
  readonly fingerprint: string;
  /** Event time, epoch ms. */
  readonly time: number;
  readonly isAnomaly: boolean;
  readonly confidence: number;
  /** A fault once is a fault again: after its quiet period it opens an episode although it is no longer new. */
  readonly returns: boolean;
  /** Asked for only when an episode opens; `occurrences` is counted here. */
  readonly facts: (confidence: number) => AnomalyFacts;
}

/**
 * The law of episodes: the first event at or above the bar opens one, further events count up and never open a
 * second; it ends after a quiet period (configured, or twenty usual gaps if that is longer).
 */
export interface Episodes {
  isOpen(fingerprint: string, time: number): boolean;
  /** Counts the event if it belongs to an episode or opens one; answers the episode's confidence, else null. */
  observe(occurrence: Occurrence): number | null;
  /** What was seen since the last call, in order. */
  take(): readonly Sighting[];
  readonly changed: boolean;
  snapshot(): readonly SavedEpisode[];
  restore(saved: readonly SavedEpisode[]): void;
}

export type SavedEpisode = readonly [
  fingerprint: string,
  lastSeen: number,
  usualGap: number,
  confidence: number,
];

interface Episode {
  lastSeen: number;
  usualGap: number;
  confidence: number;
}

type Draft =
  | { readonly kind: 'opened'; facts: AnomalyFacts }
  | {
      readonly kind: 'repeated';
      readonly fingerprint: string;
      count: number;
      lastSeen: number;
      confidence: number;
    };

const MOST_EPISODES = 1000;
const GAPS = 20;

export function episodes(quietMs: number): Episodes {
  const known = new Map<string, Episode>();
  let drafts = new Map<string, Draft[]>();
  let order: Draft[] = [];
  let changed = false;

  function isOpen(fingerprint: string, time: number): boolean {
    const episode = known.get(fingerprint);
    return episode !== undefined && time - episode.lastSeen <= Math.max(quietMs, GAPS * episode.usualGap);
  }

  function add(fingerprint: string, draft: Draft): void {
    drafts.set(fingerprint, [...(drafts.get(fingerprint) ?? []), draft]);
    order.push(draft);
  }

  function countUp(occurrence: Occurrence): number {
    const { fingerprint, time } = occurrence;
    const episode = known.get(fingerprint);
    if (episode === undefined) return occurrence.confidence;
    const gap = Math.max(0, time - episode.lastSeen);
    episode.usualGap += 0.1 * (gap - episode.usualGap);
    episode.lastSeen = Math.max(episode.lastSeen, time);
    if (occurrence.isAnomaly) episode.confidence = Math.max(episode.confidence, occurrence.confidence);
    const last = drafts.get(fingerprint)?.at(-1);
    if (last === undefined) {
      const { lastSeen, confidence } = episode;
      add(fingerprint, { kind: 'repeated', fingerprint, count: 1, lastSeen, confidence });
    } else countInto(last, episode);
    return episode.confidence;
  }

  function open(occurrence: Occurrence): number {
    const { fingerprint, time } = occurrence;
    const before = known.get(fingerprint);
    const confidence = occurrence.isAnomaly ? occurrence.confidence : (before?.confidence ?? 0);
    known.delete(fingerprint);
    known.set(fingerprint, { lastSeen: time, usualGap: 0, confidence });
    const oldest = known.size > MOST_EPISODES ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    add(fingerprint, { kind: 'opened', facts: { ...occurrence.facts(confidence), occurrences: 1 } });
    return confidence;
  }

  return {
    isOpen,
    observe(occurrence) {
      const { fingerprint, time, isAnomaly, returns } = occurrence;
      const opened = isOpen(fingerprint, time);
      if (!opened && !isAnomaly && !(returns && known.has(fingerprint))) return null;
      changed = true;
      return opened ? countUp(occurrence) : open(occurrence);
    },
    take() {
      const sightings: readonly Sighting[] = order;
      drafts = new Map();
      order = [];
      return sightings;
    },
    get changed() {
      return changed;
    },
    snapshot() {
      changed = false;
      return [...known].map(([key, one]) => [key, one.lastSeen, one.usualGap, one.confidence] as const);
    },
    restore(saved) {
      known.clear();
      for (const [key, lastSeen, usualGap, confidence] of saved)
        known.set(key, { lastSeen, usualGap, confidence });
    },
  };
}

function countInto(draft: Draft, episode: Episode): void {
  const { lastSeen, confidence } = episode;
  if (draft.kind === 'repeated') {
    draft.count += 1;
    draft.lastSeen = lastSeen;
    draft.confidence = confidence;
    return;
  }
  draft.facts = { ...draft.facts, occurrences: draft.facts.occurrences + 1, lastSeen, confidence };
}

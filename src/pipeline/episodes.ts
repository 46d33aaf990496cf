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

interface State {
  readonly quietMs: number;
  /** By fingerprint, in order of opening. */
  readonly known: Map<string, Episode>;
  /** What was seen since the last `take`, in order, and the last of it by fingerprint. */
  drafts: Draft[];
  last: Map<string, Draft>;
  changed: boolean;
}

export function episodes(quietMs: number): Episodes {
  const state: State = { quietMs, known: new Map(), drafts: [], last: new Map(), changed: false };
  return {
    isOpen: (fingerprint, time) => isOpen(state, fingerprint, time),
    observe: (occurrence) => observe(state, occurrence),
    take() {
      const sightings: readonly Sighting[] = state.drafts;
      state.drafts = [];
      state.last = new Map();
      return sightings;
    },
    get changed() {
      return state.changed;
    },
    snapshot() {
      state.changed = false;
      return [...state.known].map(([key, one]) => [key, one.lastSeen, one.usualGap, one.confidence] as const);
    },
    restore(saved) {
      state.known.clear();
      for (const [key, lastSeen, usualGap, confidence] of saved) {
        state.known.set(key, { lastSeen, usualGap, confidence });
      }
    },
  };
}

function isOpen({ known, quietMs }: State, fingerprint: string, time: number): boolean {
  const episode = known.get(fingerprint);
  return episode !== undefined && time - episode.lastSeen <= Math.max(quietMs, GAPS * episode.usualGap);
}

function observe(state: State, occurrence: Occurrence): number | null {
  const { fingerprint, time, isAnomaly, returns } = occurrence;
  const episode = state.known.get(fingerprint);
  const ongoing = episode !== undefined && isOpen(state, fingerprint, time);
  if (!ongoing && !isAnomaly && !(returns && episode !== undefined)) return null;
  state.changed = true;
  if (ongoing) return countUp(state, occurrence, episode);
  return open(state, occurrence, isAnomaly ? occurrence.confidence : (episode?.confidence ?? 0));
}

function countUp(state: State, occurrence: Occurrence, episode: Episode): number {
  const { fingerprint, time, isAnomaly } = occurrence;
  const gap = Math.max(0, time - episode.lastSeen);
  episode.usualGap += 0.1 * (gap - episode.usualGap);
  episode.lastSeen = Math.max(episode.lastSeen, time);
  if (isAnomaly) episode.confidence = Math.max(episode.confidence, occurrence.confidence);
  const { lastSeen, confidence } = episode;
  const draft = state.last.get(fingerprint);
  if (draft === undefined) {
    say(state, fingerprint, { kind: 'repeated', fingerprint, count: 1, lastSeen, confidence });
  } else countInto(draft, episode);
  return confidence;
}

function open(state: State, { fingerprint, time, facts }: Occurrence, confidence: number): number {
  const { known } = state;
  known.delete(fingerprint);
  known.set(fingerprint, { lastSeen: time, usualGap: 0, confidence });
  const oldest = known.size > MOST_EPISODES ? known.keys().next().value : undefined;
  if (oldest !== undefined) known.delete(oldest);
  say(state, fingerprint, { kind: 'opened', facts: { ...facts(confidence), occurrences: 1 } });
  return confidence;
}

function say(state: State, fingerprint: string, draft: Draft): void {
  state.drafts.push(draft);
  state.last.set(fingerprint, draft);
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

import type { AnomalyFacts } from '../../domain/anomaly.ts';
import { ALONE, type Alongside, joined } from '../../domain/companion.ts';
import { type Course, type CoursePoint, goOn } from '../../domain/course.ts';
import type { Sighting } from '../../domain/sighting.ts';
import { isClearlyWorse } from '../../domain/worse.ts';
import { counted, type Episode, restored, type SavedEpisode, saved } from './episode.ts';

/** One event of a fingerprint, with what the gate said of it. */
export interface Occurrence {
  readonly fingerprint: string;
  /** Event time, epoch ms. */
  readonly time: number;
  readonly isAnomaly: boolean;
  readonly confidence: number;
  /** A fault once is a fault again: after its quiet period it opens an episode although it is no longer new. */
  readonly returns: boolean;
  /** How far it went; null for what has no size: its course is how often it came. */
  readonly value: number | null;
  /** Usual time between two points of its series, ms: an episode does not end between them. 0 for what comes when it comes: its own gaps are learnt. */
  readonly gap: number;
  /** Asked for when an episode opens or is clearly worse than before; `occurrences` is counted here. */
  readonly facts: (confidence: number) => AnomalyFacts;
}

/**
 * The law of episodes: the first event at or above the bar opens one, further events count up and never open a
 * second; it ends after a quiet period (configured, or twenty usual gaps if that is longer).
 */
export interface Episodes {
  isOpen(fingerprint: string, time: number): boolean;
  /** Is there any whose fingerprint begins so? */
  areOpen(beginning: string, time: number): boolean;
  /** Counts the event if it belongs to an episode or opens one; answers the episode's confidence, else null. */
  observe(occurrence: Occurrence): number | null;
  /** Counts what happened to another series in the episode; answers its confidence, null when there is none open. */
  join(fingerprint: string, other: Occurrence, alongside: Alongside): number | null;
  /** The series that an episode is about has gone on. */
  follow(fingerprint: string, point: CoursePoint): void;
  /** What was seen since the last call, in order. */
  take(): readonly Sighting[];
  isChanged(): boolean;
  snapshot(): readonly SavedEpisode[];
  restore(saved: readonly SavedEpisode[]): void;
}

type Repeated = Extract<Sighting, { kind: 'repeated' }>;
type Draft =
  | { readonly kind: 'opened'; facts: AnomalyFacts }
  | (Pick<Repeated, 'kind' | 'fingerprint' | 'opening'> & {
      count: number;
      lastSeen: number;
      confidence: number;
      course: Course;
      alongside: Alongside;
      worse: AnomalyFacts | null;
    });

const MOST_EPISODES = 1000;
const GAPS = 20;

function nobody(): void {}

interface State {
  readonly quietMs: number;
  readonly bucketMs: number;
  readonly onOpen: () => void;
  /** By fingerprint, in order of opening. */
  readonly known: Map<string, Episode>;
  /** What was seen since the last `take`, in order, and the last of it by fingerprint. */
  drafts: Draft[];
  last: Map<string, Draft>;
  changed: boolean;
}

/** `bucketMs`: in what steps the course of what has no size is counted. `onOpen` is told of each episode that opens. */
export function episodes(quietMs: number, bucketMs = 10_000, onOpen: () => void = nobody): Episodes {
  const state: State = {
    quietMs,
    bucketMs,
    onOpen,
    known: new Map(),
    drafts: [],
    last: new Map(),
    changed: false,
  };
  return {
    isOpen: (fingerprint, time) => isOpen(state, fingerprint, time),
    areOpen: (beginning, time) =>
      [...state.known.keys()].some((one) => one.startsWith(beginning) && isOpen(state, one, time)),
    observe: (occurrence) => observe(state, occurrence),
    join: (fingerprint, other, alongside) => join(state, fingerprint, other, alongside),
    follow: (fingerprint, point) => follow(state, fingerprint, point),
    take() {
      const sightings: readonly Sighting[] = state.drafts;
      state.drafts = [];
      state.last = new Map();
      return sightings;
    },
    isChanged: () => state.changed,
    snapshot() {
      state.changed = false;
      return [...state.known].map(([key, one]) => saved(key, one));
    },
    restore(all) {
      state.known.clear();
      for (const one of all) state.known.set(one[0], restored(one));
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
  const { fingerprint, time, value } = occurrence;
  const gap = Math.max(0, time - episode.lastSeen);
  episode.usualGap = occurrence.gap > 0 ? occurrence.gap : episode.usualGap + 0.1 * (gap - episode.usualGap);
  const isWorse = isClearlyWorse(value, episode);
  if (isWorse) episode.worst = value;
  const draft = goesOn(state, fingerprint, episode, occurrence);
  const { confidence } = episode;
  if (draft.kind === 'repeated' && isWorse) draft.worse = { ...occurrence.facts(confidence), occurrences: 1 };
  if (value === null) addToCourse(draft, counted(episode, time, state.bucketMs));
  return confidence;
}

/** How far it goes, and what is usual, is of the series that the episode is about alone. */
function join(state: State, fingerprint: string, other: Occurrence, alongside: Alongside): number | null {
  const episode = state.known.get(fingerprint);
  if (episode === undefined || !isOpen(state, fingerprint, other.time)) return null;
  state.changed = true;
  const draft = goesOn(state, fingerprint, episode, other);
  if (draft.kind === 'repeated') draft.alongside = joined(draft.alongside, alongside);
  else draft.facts = { ...draft.facts, alongside: joined(draft.facts.alongside, alongside) };
  return episode.confidence;
}

/** One event more. */
function goesOn(
  state: State,
  fingerprint: string,
  episode: Episode,
  { time, isAnomaly, confidence: sure }: Occurrence,
): Draft {
  episode.lastSeen = Math.max(episode.lastSeen, time);
  if (isAnomaly) episode.confidence = Math.max(episode.confidence, sure);
  const { lastSeen, confidence, worst } = episode;
  const draft = draftOf(state, fingerprint, episode);
  if (draft.kind === 'repeated') Object.assign(draft, { count: draft.count + 1, lastSeen, confidence });
  else {
    const occurrences = draft.facts.occurrences + 1;
    draft.facts = { ...draft.facts, occurrences, lastSeen, confidence, worst };
  }
  return draft;
}

function open(state: State, occurrence: Occurrence, confidence: number): number {
  const { fingerprint, time, facts, value, gap: usualGap } = occurrence;
  const { known } = state;
  const made = facts(confidence);
  const { id: opening, expectedRange } = made;
  const course = { openedAt: time, bucket: 0, inBucket: 0 };
  const episode = {
    lastSeen: time,
    usualGap,
    confidence,
    opening,
    worst: value,
    expectedRange,
    ...course,
  };
  known.delete(fingerprint);
  known.set(fingerprint, episode);
  const oldest = known.size > MOST_EPISODES ? known.keys().next().value : undefined;
  if (oldest !== undefined) known.delete(oldest);
  const draft: Draft = { kind: 'opened', facts: { ...made, occurrences: 1 } };
  if (value === null) addToCourse(draft, counted(episode, time, state.bucketMs));
  say(state, fingerprint, draft);
  state.onOpen();
  return confidence;
}

function follow(state: State, fingerprint: string, point: CoursePoint): void {
  const episode = state.known.get(fingerprint);
  if (episode !== undefined) addToCourse(draftOf(state, fingerprint, episode), point);
}

/** What came of the episode since the last `take`, begun if need be. */
function draftOf(state: State, fingerprint: string, { opening, lastSeen, confidence }: Episode): Draft {
  const known = state.last.get(fingerprint);
  if (known !== undefined) return known;
  const counts = { count: 0, lastSeen, confidence, course: [], alongside: ALONE, worse: null };
  const draft: Draft = { kind: 'repeated', fingerprint, opening, ...counts };
  say(state, fingerprint, draft);
  return draft;
}

function say(state: State, fingerprint: string, draft: Draft): void {
  state.drafts.push(draft);
  state.last.set(fingerprint, draft);
}

function addToCourse(draft: Draft, point: CoursePoint | null): void {
  if (point === null) return;
  if (draft.kind === 'opened') draft.facts = { ...draft.facts, course: goOn(draft.facts.course, [point]) };
  else draft.course = goOn(draft.course, [point]);
}

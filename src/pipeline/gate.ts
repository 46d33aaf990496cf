import type { Detector, Point } from '../detectors/detector.ts';
import { confidenceOf, evidenceAtBar, fuse, gather, surprise } from '../detectors/fuse.ts';
import { classify, type Range, type Reading } from '../domain/detection.ts';
import { concat, split } from './memory.ts';

/** The one decision about one event. */
export interface Verdict {
  readonly isAnomaly: boolean;
  readonly confidence: number;
  readonly readings: readonly Reading[];
  readonly expectedRange: Range | null;
}

/** What there is to say of an ordinary event. */
export const NOTHING: Verdict = { isAnomaly: false, confidence: 0, readings: [], expectedRange: null };

/** All detectors score, one confidence, one decision, then all learn: for what is noteworthy by itself. */
export function judge<In>(detectors: readonly Detector<In>[], input: In): Verdict {
  const readings = readingsOf(detectors, input);
  for (const detector of detectors) detector.learn(input);
  return decide(fuse(readings), readings);
}

/** The same for one series, whose points are judged together with those before them. */
export interface Track<In extends Point> {
  judge(input: In, intervalMs: number): Verdict;
  /** Points learnt, and how many are needed before it speaks. */
  readonly seen: number;
  readonly needed: number;
  /** Evidence gathered, as confidence. */
  readonly confidence: number;
  snapshot(): Float64Array;
  restore(state: Float64Array): void;
}

export function track<In extends Point>(detectors: readonly Detector<In>[]): Track<In> {
  let gathered = 0;
  let confidence = 0;
  const seen = () => Math.min(...detectors.map((detector) => detector.seen));
  return {
    judge(input, intervalMs) {
      // They judge together or not at all: one that is still learning cannot agree.
      const ready = detectors.every((detector) => detector.seen >= detector.needed);
      const readings = ready ? readingsOf(detectors, input) : [];
      if (Number.isFinite(input.value)) {
        const atBar = evidenceAtBar(intervalMs);
        gathered = gather(gathered, surprise(readings), seen(), atBar);
        confidence = confidenceOf(gathered, atBar);
      }
      for (const detector of detectors) detector.learn(input);
      return decide(confidence, readings);
    },
    get seen() {
      return seen();
    },
    get needed() {
      return Math.max(...detectors.map((detector) => detector.needed));
    },
    get confidence() {
      return confidence;
    },
    snapshot: () =>
      concat([Float64Array.of(gathered, confidence), ...detectors.map((one) => one.snapshot())]),
    restore(state) {
      const [own, ...parts] = split(state);
      gathered = own?.[0] ?? 0;
      confidence = own?.[1] ?? 0;
      for (const [i, detector] of detectors.entries()) detector.restore(parts[i] ?? new Float64Array());
    },
  };
}

/** The verdict on an event of an open episode: the episode's confidence is its own. */
export function ofEpisode(verdict: Verdict, confidence: number): Verdict {
  return { ...verdict, ...decide(Math.max(confidence, verdict.confidence), verdict.readings) };
}

function readingsOf<In>(detectors: readonly Detector<In>[], input: In): readonly Reading[] {
  const readings: Reading[] = [];
  for (const detector of detectors) {
    const reading = detector.score(input);
    if (reading !== null) readings.push(reading);
  }
  return readings;
}

function decide(confidence: number, readings: readonly Reading[]): Verdict {
  const deviation = readings.find((reading) => reading.evidence.kind === 'deviation')?.evidence;
  const expectedRange = deviation?.kind === 'deviation' ? deviation.expected : null;
  return { isAnomaly: classify(confidence), confidence, readings, expectedRange };
}

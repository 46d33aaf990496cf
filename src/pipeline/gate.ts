import { surest } from '../detectors/calibration/fuse.ts';
import type { Detector } from '../detectors/detector.ts';
import { type Compared, classify, type Range, type Reading } from '../domain/detection.ts';

/** The one decision about one event. */
export interface Verdict {
  readonly isAnomaly: boolean;
  readonly confidence: number;
  /** Confidence before the law of one alarm an episode. */
  readonly raw: number;
  readonly readings: readonly Reading[];
  readonly expectedRange: Range | null;
}

/** What there is to say of an ordinary event. */
export const NOTHING: Verdict = {
  isAnomaly: false,
  confidence: 0,
  raw: 0,
  readings: [],
  expectedRange: null,
};

/** `noteworthy`: an ordinary point is `NOTHING`, and nothing is made for it. */
export type Telling = 'all' | 'noteworthy';

/** All detectors score, one confidence, one decision, then all learn: for what is noteworthy by itself. */
export function judge<In>(detectors: readonly Detector<In>[], input: In): Verdict {
  const readings = readingsOf(detectors, input);
  for (const detector of detectors) detector.learn(input);
  const confidence = surest(readings);
  return decide(confidence, confidence, readings);
}

function readingsOf<In>(detectors: readonly Detector<In>[], input: In): readonly Reading[] {
  const readings: Reading[] = [];
  for (const detector of detectors) {
    const reading = detector.score(input);
    if (reading !== null) readings.push(reading);
  }
  return readings;
}

/** The one comparison with the bar. */
export function decide(confidence: number, raw: number, readings: readonly Reading[]): Verdict {
  return { isAnomaly: classify(confidence), confidence, raw, readings, expectedRange: usualRange(readings) };
}

/** The verdict on an event of an open episode: the episode's confidence is its own. */
export function ofEpisode(verdict: Verdict, confidence: number): Verdict {
  return { ...verdict, ...decide(Math.max(confidence, verdict.confidence), verdict.raw, verdict.readings) };
}

/** Of a single value, by the surest who looks at values; where nobody does, at their changes; else null. */
function usualRange(readings: readonly Reading[]): Range | null {
  return rangeBy('value', readings) ?? rangeBy('change', readings);
}

function rangeBy(compared: Compared, readings: readonly Reading[]): Range | null {
  let surest = -1;
  let range: Range | null = null;
  for (const { score, evidence } of readings) {
    if (evidence.kind !== 'deviation' || evidence.compared !== compared || score <= surest) continue;
    surest = score;
    range = evidence.expected;
  }
  return range;
}

import type { Detector, Point, SeriesDetector } from '../detectors/detector.ts';
import { confidenceOf, evidenceAtBar, fuse, gather, gatherNothing, surpriseOf } from '../detectors/fuse.ts';
import type { Numbers } from '../detectors/numbers.ts';
import { ALARMS_PER_DAY, classify, type Range, type Reading } from '../domain/detection.ts';
import { split } from './memory.ts';

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

/** `noteworthy`: an ordinary point is `NOTHING`, and nothing is made for it. */
export type Telling = 'all' | 'noteworthy';

/** The same for one series, whose points are judged together with those before them. */
export class Track<In extends Point> {
  private readonly detectors: readonly SeriesDetector<In>[];
  private readonly alarmsPerDay: number;
  /** Points that are needed before it speaks. */
  readonly needed: number;
  private gathered = 0;
  /** Evidence gathered, as confidence. */
  confidence = 0;

  constructor(detectors: readonly SeriesDetector<In>[], alarmsPerDay: number = ALARMS_PER_DAY.normal) {
    this.detectors = detectors;
    this.alarmsPerDay = alarmsPerDay;
    this.needed = detectors.reduce((most, { needed }) => Math.max(most, needed), 0);
  }

  /** Points learnt. */
  get seen(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const { seen } of this.detectors) least = Math.min(least, seen);
    return least;
  }

  judge(input: In, intervalMs: number, telling: Telling = 'all'): Verdict {
    const isReady = this.isReady();
    if (Number.isFinite(input.value)) {
      const atBar = evidenceAtBar(intervalMs, this.alarmsPerDay);
      this.gathered = gather(this.gathered, isReady ? this.surprise(input) : 0, this.seen, atBar);
      this.confidence = confidenceOf(this.gathered, atBar);
    }
    const { confidence } = this;
    const isTold = telling === 'all' || classify(confidence);
    const readings = isReady && isTold ? readingsOf(this.detectors, input) : NO_READINGS;
    for (const detector of this.detectors) detector.learn(input);
    return isTold ? decide(confidence, readings) : NOTHING;
  }

  /** As `judge` of so many zeros in a row, which are never noteworthy. */
  rest(zeros: number, intervalMs: number): void {
    this.gathered = gatherNothing(this.gathered, zeros);
    this.confidence = confidenceOf(this.gathered, evidenceAtBar(intervalMs, this.alarmsPerDay));
    for (const detector of this.detectors) detector.learnZeros?.(zeros);
  }

  write(to: Numbers): void {
    to.add(this.gathered);
    to.add(this.confidence);
    for (const detector of this.detectors) {
      const part = to.open();
      detector.write(to);
      to.close(part);
    }
  }

  restore(state: Float64Array): void {
    const [gathered = 0, confidence = 0] = state;
    this.gathered = gathered;
    this.confidence = confidence;
    const parts = split(state.subarray(2));
    for (const [i, detector] of this.detectors.entries()) detector.restore(parts[i] ?? new Float64Array());
  }

  /** They judge together or not at all: one that is still learning cannot agree. */
  private isReady(): boolean {
    for (const { seen, needed } of this.detectors) if (seen < needed) return false;
    return true;
  }

  /** The surprise that all agree on: that of the least score. */
  private surprise(input: In): number {
    let least = Number.POSITIVE_INFINITY;
    for (const detector of this.detectors) least = Math.min(least, detector.scoreAlone(input) ?? least);
    return least === Number.POSITIVE_INFINITY ? 0 : surpriseOf(least);
  }
}

const NO_READINGS: readonly Reading[] = [];

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

import type { Count } from '../../detectors/detector.ts';
import type { Numbers } from '../../detectors/memory/numbers.ts';
import type { Range } from '../../domain/detection.ts';
import type { Telling, Verdict } from '../gate.ts';

/** A detector that has not learnt enough, and how many points it still needs, at the least. */
export interface Waiting {
  readonly detector: string;
  readonly missing: number;
}

/** One series under judgement: its points one after another, what was before included. */
export interface Track {
  /** Points learnt, and how many it needs before it speaks. */
  readonly seen: number;
  readonly needed: number;
  /** Confidence of the last point, before the law of one alarm an episode. */
  readonly raw: number;
  /** Names of its detectors. */
  readonly names: readonly string[];
  judge(point: Count, telling: Telling): Verdict;
  /** As `judge` of so many zeros in a row, which are never noteworthy. */
  rest(zeros: number, intervalMs: number): void;
  /** The usual range of a value at the time of `point`, by the detector of that place; null where it knows none. */
  range(detector: number, point: Count): Range | null;
  /** Detectors that say nothing yet. */
  waiting(): readonly Waiting[];
  write(to: Numbers): void;
  restore(state: Float64Array): void;
}

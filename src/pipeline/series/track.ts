import type { Count } from '../../detectors/detector.ts';
import type { Numbers } from '../../detectors/numbers.ts';
import type { Telling, Verdict } from '../gate.ts';

/** One series under judgement: its points one after another, what was before included. */
export interface Track {
  /** Points learnt, and how many it needs before it speaks. */
  readonly seen: number;
  readonly needed: number;
  /** Confidence of the last point, before the law of one alarm an episode. */
  readonly raw: number;
  judge(point: Count, telling: Telling): Verdict;
  /** As `judge` of so many zeros in a row, which are never noteworthy. */
  rest(zeros: number, intervalMs: number): void;
  write(to: Numbers): void;
  restore(state: Float64Array): void;
}

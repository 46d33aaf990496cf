import type { Count, CountDetector } from '../../../detectors/detector.ts';
import {
  confidenceOf,
  evidenceAtBar,
  gather,
  gatherNothing,
  surpriseOf,
} from '../../../detectors/logs/evidence.ts';
import type { Numbers } from '../../../detectors/memory/numbers.ts';
import { ALARMS_PER_DAY, classify, type Range } from '../../../domain/detection.ts';
import { decide, NOTHING, type Telling, type Verdict } from '../../gate.ts';
import type { Track, Waiting } from '../track.ts';

/** How often something happens: the surprise of one detector gathers from bucket to bucket. */
export class CountTrack implements Track {
  private readonly detector: CountDetector;
  private readonly alarmsPerDay: number;
  private gathered = 0;
  raw = 0;

  constructor(detector: CountDetector, alarmsPerDay: number = ALARMS_PER_DAY.normal) {
    this.detector = detector;
    this.alarmsPerDay = alarmsPerDay;
  }

  get seen(): number {
    return this.detector.seen;
  }

  get needed(): number {
    return this.detector.needed;
  }

  get names(): readonly string[] {
    return [this.detector.name];
  }

  range(_: number, count: Count): Range | null {
    return this.detector.range(count);
  }

  waiting(): readonly Waiting[] {
    const missing = this.needed - this.seen;
    return missing > 0 ? [{ detector: this.detector.name, missing }] : [];
  }

  judge(count: Count, telling: Telling): Verdict {
    const atBar = evidenceAtBar(count.bucketMs, this.alarmsPerDay);
    if (Number.isFinite(count.value)) {
      const surprise = surpriseOf(this.detector.scoreAlone(count) ?? 0);
      this.gathered = gather(this.gathered, surprise, this.seen, atBar);
    }
    this.raw = confidenceOf(this.gathered, atBar);
    const isTold = telling === 'all' || classify(this.raw);
    const reading = isTold ? this.detector.score(count) : null;
    this.detector.learn(count);
    return isTold ? decide(this.raw, this.raw, reading === null ? [] : [reading]) : NOTHING;
  }

  rest(zeros: number, intervalMs: number): void {
    this.gathered = gatherNothing(this.gathered, zeros);
    this.raw = confidenceOf(this.gathered, evidenceAtBar(intervalMs, this.alarmsPerDay));
    this.detector.learnZeros(zeros);
  }

  write(to: Numbers): void {
    to.add(this.gathered);
    this.detector.write(to);
  }

  restore(state: Float64Array): void {
    this.gathered = state[0] ?? 0;
    this.detector.restore(state.subarray(1));
  }
}

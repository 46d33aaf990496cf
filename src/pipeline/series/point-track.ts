import type { Count, SeriesDetector } from '../../detectors/detector.ts';
import { confidenceOf, Fusion } from '../../detectors/fuse.ts';
import type { Numbers } from '../../detectors/numbers.ts';
import { Refractory, STRANGE } from '../../detectors/refractory.ts';
import { Young } from '../../detectors/young.ts';
import { ALARMS_PER_DAY, type Range } from '../../domain/detection.ts';
import { decide, NOTHING, readingsOf, type Telling, type Verdict } from '../gate.ts';
import { split } from '../memory.ts';
import type { Track, Waiting } from './track.ts';

/**
 * Detectors that look at one series see the same days, each a little differently: eight of them alarm 1.5 times as often as
 * one (measured on normal series, bench/detection).
 */
const INDEPENDENCE = 0.2;

/** A number that goes up and down: all detectors score, one confidence, one decision, then all learn. */
export class PointTrack implements Track {
  private readonly detectors: readonly SeriesDetector<Count>[];
  private readonly fusion = new Fusion(INDEPENDENCE);
  private readonly young = new Young();
  private readonly refractory = new Refractory();
  private readonly alarmsPerDay: number;
  readonly needed: number;
  raw = 0;

  constructor(detectors: readonly SeriesDetector<Count>[], alarmsPerDay: number = ALARMS_PER_DAY.normal) {
    this.detectors = detectors;
    this.alarmsPerDay = alarmsPerDay;
    this.needed = detectors.reduce((least, { needed }) => Math.min(least, needed), Number.POSITIVE_INFINITY);
  }

  get seen(): number {
    return this.detectors[0]?.seen ?? 0;
  }

  get names(): readonly string[] {
    return this.detectors.map(({ name }) => name);
  }

  range(detector: number, point: Count): Range | null {
    const one = this.detectors[detector];
    return one === undefined || one.missing > 0 ? null : one.range(point);
  }

  waiting(): readonly Waiting[] {
    return this.detectors
      .filter(({ missing }) => missing > 0)
      .map(({ name, missing }) => ({ detector: name, missing }));
  }

  judge(point: Count, telling: Telling): Verdict {
    if (!Number.isFinite(point.value)) return NOTHING;
    const { fusion, detectors } = this;
    fusion.begin();
    for (const detector of detectors) fusion.add(detector.timesADay(point));
    const timesADay = fusion.timesADay();
    const raw = confidenceOf(this.young.believed(timesADay, fusion.elapsed), this.alarmsPerDay);
    this.raw = raw;
    const confidence = this.refractory.tell(raw, point.time);
    // Readings are made before anything is learnt of the point.
    const isTold = telling === 'all' || raw >= STRANGE;
    const verdict = isTold ? decide(confidence, raw, readingsOf(detectors, point)) : NOTHING;
    fusion.learn(point.time);
    this.young.learn(timesADay);
    for (const detector of detectors) detector.learn(point);
    return verdict;
  }

  /** A number that is not there is not zero. */
  rest(): void {
    return undefined;
  }

  write(to: Numbers): void {
    for (const part of [this.fusion, this.young, this.refractory, ...this.detectors]) {
      const opened = to.open();
      part.write(to);
      to.close(opened);
    }
  }

  restore(state: Float64Array): void {
    const parts = split(state);
    for (const [i, part] of [this.fusion, this.young, this.refractory, ...this.detectors].entries()) {
      part.restore(parts[i] ?? new Float64Array());
    }
  }
}

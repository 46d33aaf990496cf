import { confidenceOf } from '../../../detectors/calibration/fuse.ts';
import { STRANGE } from '../../../detectors/calibration/refractory.ts';
import { type Count, usablePoint } from '../../../detectors/detector.ts';
import type { Cells } from '../../../detectors/memory/desk.ts';
import type { Numbers } from '../../../detectors/memory/numbers.ts';
import type { Ensemble } from '../../../detectors/points/ensemble.ts';
import { ALARMS_PER_DAY, type Range } from '../../../domain/detection.ts';
import { decide, NOTHING, type Telling, type Verdict } from '../../gate.ts';
import type { Track, Waiting } from '../track.ts';

/** A number that goes up and down: all detectors score, one confidence, one decision, then all learn. */
export class PointTrack implements Track {
  private readonly ensemble: Ensemble;
  private readonly cells: Cells;
  private readonly alarmsPerDay: number;
  raw = 0;

  constructor(ensemble: Ensemble, alarmsPerDay: number = ALARMS_PER_DAY.normal) {
    this.ensemble = ensemble;
    this.cells = ensemble.cells();
    this.alarmsPerDay = alarmsPerDay;
  }

  get seen(): number {
    return this.laid().panel.seen;
  }

  get needed(): number {
    return this.ensemble.panel.needed;
  }

  get names(): readonly string[] {
    return this.ensemble.names;
  }

  range(detector: number, point: Count): Range | null {
    const { panel } = this.laid();
    return detector < this.names.length && panel.missing(detector) === 0
      ? panel.range(detector, point)
      : null;
  }

  waiting(): readonly Waiting[] {
    const { panel } = this.laid();
    return this.names
      .map((detector, i) => ({ detector, missing: panel.missing(i) }))
      .filter(({ missing }) => missing > 0);
  }

  judge(input: Count, telling: Telling): Verdict {
    const point = usablePoint(input);
    if (point === null) return NOTHING;
    const ensemble = this.laid();
    const { panel, fusion, young } = ensemble;
    const timesADay = ensemble.timesADay(point);
    const raw = confidenceOf(young.believed(timesADay, fusion.elapsed), this.alarmsPerDay);
    this.raw = raw;
    ensemble.clock.pass(point.time);
    const confidence = ensemble.refractory.tell(raw, point.time);
    // Readings are made before anything is learnt of the point.
    const isTold = telling === 'all' || raw >= STRANGE;
    const verdict = isTold ? decide(confidence, raw, panel.readings(point)) : NOTHING;
    fusion.learn();
    young.learn(timesADay);
    panel.learn(point);
    return verdict;
  }

  /** A number that is not there is not zero. */
  rest(): void {
    return undefined;
  }

  write(to: Numbers): void {
    this.laid().desk.write(to);
  }

  restore(state: Float64Array): void {
    this.laid().desk.restore(state);
  }

  /** The detectors, with what this series has learnt before them. */
  private laid(): Ensemble {
    this.ensemble.desk.lay(this.cells);
    return this.ensemble;
  }
}

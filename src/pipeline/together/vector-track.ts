import { confidenceOf } from '../../detectors/calibration/fuse.ts';
import { STRANGE } from '../../detectors/calibration/refractory.ts';
import { Numbers } from '../../detectors/memory/numbers.ts';
import type { Vector } from '../../detectors/vectors/vector.ts';
import type { VectorEnsemble } from '../../detectors/vectors/vector-ensemble.ts';
import { decide, NOTHING, type Verdict } from '../gate.ts';
import { packCompact, unpackCompact } from '../series/compact.ts';

/** All metrics of a source under judgement: its vectors one after another. */
export class VectorTrack {
  private readonly ensemble: VectorEnsemble;
  private readonly alarmsPerDay: number;
  /** Confidence of the last vector, before the law of one alarm an episode. */
  raw = 0;

  constructor(ensemble: VectorEnsemble, alarmsPerDay: number) {
    this.ensemble = ensemble;
    this.alarmsPerDay = alarmsPerDay;
  }

  /** All gauges score, one confidence, one decision, then all learn. An ordinary vector is `NOTHING`. */
  judge(vector: Vector): Verdict {
    const { panel, clock, fusion, young, refractory } = this.ensemble;
    const timesADay = this.ensemble.timesADay(vector);
    this.raw = confidenceOf(young.believed(timesADay, fusion.elapsed), this.alarmsPerDay);
    clock.pass(vector.time);
    const confidence = refractory.tell(this.raw, vector.time);
    const verdict = this.raw >= STRANGE ? decide(confidence, this.raw, panel.readings(vector)) : NOTHING;
    fusion.learn();
    young.learn(timesADay);
    panel.learn(vector);
    return verdict;
  }

  pack(): Uint8Array {
    const numbers = new Numbers();
    this.ensemble.write(numbers);
    return packCompact(numbers.view());
  }

  restore(packed: Uint8Array): void {
    this.ensemble.restore(unpackCompact(packed));
  }
}

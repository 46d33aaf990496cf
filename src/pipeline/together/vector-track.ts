import { confidenceOf } from '../../detectors/calibration/fuse.ts';
import { STRANGE } from '../../detectors/calibration/refractory.ts';
import { Numbers } from '../../detectors/memory/numbers.ts';
import { split } from '../../detectors/memory/parts.ts';
import type { Vector } from '../../detectors/vectors/vector.ts';
import type { VectorEnsemble } from '../../detectors/vectors/vector-ensemble.ts';
import { decide, NOTHING, type Verdict } from '../gate.ts';
import { packCompact, unpackCompact } from '../series/memory/compact.ts';

/** Vectors that are logged before what was learnt is written again: it is large, and a vector changes all of it. */
const LOGGED = 60;

/** All metrics of a source under judgement: its vectors one after another. */
export class VectorTrack {
  private readonly ensemble: VectorEnsemble;
  private readonly alarmsPerDay: number;
  /** Since what was learnt was written: each vector, and whether it could have been told. */
  private readonly log = new Numbers();
  private logged = LOGGED;
  /** Confidence of the last vector, before the law of one alarm an episode. */
  raw = 0;

  constructor(ensemble: VectorEnsemble, alarmsPerDay: number) {
    this.ensemble = ensemble;
    this.alarmsPerDay = alarmsPerDay;
  }

  /**
   * All gauges score, one confidence, one decision, then all learn. An ordinary vector is `NOTHING`, and so is one that is not to
   * be told now: it may still be told later.
   */
  judge(vector: Vector, mayTell = true): Verdict {
    this.keep(vector, mayTell);
    const { panel, clock, fusion, young, refractory } = this.ensemble;
    const timesADay = this.ensemble.timesADay(vector);
    this.raw = confidenceOf(young.believed(timesADay, fusion.elapsed), this.alarmsPerDay);
    clock.pass(vector.time);
    const isTold = mayTell && this.raw >= STRANGE;
    const verdict = isTold
      ? decide(refractory.tell(this.raw, vector.time), this.raw, panel.readings(vector))
      : NOTHING;
    fusion.learn();
    young.learn(timesADay);
    panel.learn(vector);
    return verdict;
  }

  /** What was learnt, null where what was written last is still good; and the vectors since. */
  pack(): PackedTrack {
    if (this.logged < LOGGED) return { learnt: null, log: packCompact(this.log.view()) };
    const numbers = new Numbers();
    this.ensemble.write(numbers);
    this.log.clear();
    this.logged = 0;
    return { learnt: packCompact(numbers.view()), log: packCompact(this.log.view()) };
  }

  restore(learnt: Uint8Array, log: Uint8Array): void {
    this.ensemble.restore(unpackCompact(learnt));
    this.log.clear();
    this.logged = 0;
    for (const one of split(unpackCompact(log))) {
      const [time = 0, mayTell = 0] = one;
      const values = one.slice(2);
      this.judge({ time, metrics: NO_NAMES, values }, mayTell === 1);
    }
  }

  private keep({ time, values }: Vector, mayTell: boolean): void {
    this.logged += 1;
    if (this.logged > LOGGED) return;
    const part = this.log.open();
    this.log.addAll([time, mayTell ? 1 : 0]);
    this.log.addAll(values);
    this.log.close(part);
  }
}

/** Of vectors that were told already. */
const NO_NAMES: readonly string[] = [];

export interface PackedTrack {
  readonly learnt: Uint8Array | null;
  readonly log: Uint8Array;
}

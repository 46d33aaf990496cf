import { Fusion } from '../calibration/fuse.ts';
import { ObservedTime } from '../calibration/observed-time.ts';
import { Refractory } from '../calibration/refractory.ts';
import { Young } from '../calibration/young.ts';
import { Desk } from '../memory/desk.ts';
import type { Numbers } from '../memory/numbers.ts';
import { restoreParts, writeParts } from '../memory/parts.ts';
import type { Vector, VectorGaugeMaker } from './vector.ts';
import { VectorPanel } from './vector-panel.ts';

/** Two that look at the same vectors, each in its own way. */
const INDEPENDENCE = 0.5;

/** All who have a say about the metrics of one source together. */
export class VectorEnsemble {
  private readonly desk = new Desk();
  readonly clock = new ObservedTime(this.desk);
  readonly panel: VectorPanel;
  readonly fusion = new Fusion(INDEPENDENCE, this.desk, this.clock);
  readonly young = new Young(this.desk);
  readonly refractory = new Refractory(this.desk, this.clock);

  constructor(makers: readonly VectorGaugeMaker[]) {
    this.panel = new VectorPanel(this.desk, this.clock, makers);
  }

  /** What all say together, in times a day. */
  timesADay(vector: Vector): number {
    const { panel, fusion } = this;
    panel.measure(vector);
    fusion.begin();
    for (let i = 0; i < panel.names.length; i += 1) fusion.add(panel.timesADay(i));
    return fusion.timesADay();
  }

  write(to: Numbers): void {
    writeParts([this.desk, this.panel], to);
  }

  restore(state: Float64Array): void {
    restoreParts([this.desk, this.panel], state);
  }
}

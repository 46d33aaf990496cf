import { Fusion } from '../calibration/fuse.ts';
import { ObservedTime } from '../calibration/observed-time.ts';
import { Refractory } from '../calibration/refractory.ts';
import { Young } from '../calibration/young.ts';
import type { Point } from '../detector.ts';
import { type Cells, copyOf, Desk } from '../memory/desk.ts';
import type { Gauges } from './gauges.ts';
import { Panel } from './panel.ts';

/**
 * Detectors that look at one series see the same days, each a little differently: eight of them alarm 1.5 times as often as
 * one (measured on normal series, bench/detection).
 */
const INDEPENDENCE = 0.2;

/** All who have a say about a numeric series, around one desk: the same for all series, whose cells are laid before them. */
export class Ensemble {
  readonly desk = new Desk();
  readonly panel: Panel;
  readonly clock = new ObservedTime(this.desk);
  readonly fusion = new Fusion(INDEPENDENCE, this.desk, this.clock);
  readonly young = new Young(this.desk);
  readonly refractory = new Refractory(this.desk, this.clock);
  /** What a new series has learnt. */
  private readonly blank: Cells;

  constructor(makeGauges: (desk: Desk) => Gauges) {
    this.panel = new Panel(this.desk, this.clock, makeGauges);
    const { doubles, singles, shorts, made } = this.desk;
    this.blank = { doubles, singles, shorts, made };
  }

  get names(): readonly string[] {
    return this.panel.names;
  }

  /** Of a new series. */
  cells(): Cells {
    return copyOf(this.blank);
  }

  /** What all say together of a point, in times a day. */
  timesADay(point: Point): number {
    const { panel, fusion } = this;
    panel.measure(point);
    fusion.begin();
    for (let i = 0; i < panel.names.length; i += 1) fusion.add(panel.timesADay(i));
    return fusion.timesADay();
  }
}

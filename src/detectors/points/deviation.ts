import { leastUsual, type Measure, unitsOf } from '../detector.ts';
import type { Desk } from '../memory/desk.ts';

/** Before so many, a distance is learnt whole. */
const YOUNG = 20;
/** Usual distances that one distance counts at most. */
const CLIP = 6;

/** The usual distance from what was expected: an exponentially forgetting mean of absolute distances, clipped. */
export class Deviation {
  private readonly desk: Desk;
  private readonly at: number;
  /** Share of a new distance, once there are many. */
  private readonly share: number;

  /** `memory`: distances after which what was learnt has faded to about a third. */
  constructor(desk: Desk, memory: number) {
    this.desk = desk;
    this.at = desk.place();
    this.share = 1 / memory;
  }

  get usual(): number {
    return this.desk.doubles[this.at] ?? 0;
  }

  /** `count`: which distance it is, from 1 on. */
  learn(distance: number, count: number): void {
    const { usual } = this;
    const taken = count <= YOUNG ? distance : Math.min(distance, CLIP * usual + Number.MIN_VALUE);
    this.desk.doubles[this.at] = usual + Math.max(this.share, 1 / count) * (taken - usual);
  }

  /** A distance in usual ones; `level` is what the series is at. */
  units(distance: number, level: number): number {
    return unitsOf(distance, this.usual, level);
  }

  /** Four usual distances around it. */
  around(baseline: number): Pick<Measure, 'baseline' | 'spread' | 'expected'> {
    const spread = leastUsual(this.usual, baseline);
    return { baseline, spread, expected: [baseline - 4 * spread, baseline + 4 * spread] };
  }
}

import { leastUsual, type Measure, unitsOf } from './detector.ts';
import type { Numbers } from './numbers.ts';

/** Before so many, a distance is learnt whole. */
const YOUNG = 20;
/** Usual distances that one distance counts at most. */
const CLIP = 6;
/** The usual distance from what was expected: an exponentially forgetting mean of absolute distances, clipped. */
export class Deviation {
  private readonly memory: number;
  private count = 0;
  usual = 0;

  /** `memory`: distances after which what was learnt has faded to about a third. */
  constructor(memory: number) {
    this.memory = memory;
  }

  learn(distance: number): void {
    this.count += 1;
    const taken = this.count <= YOUNG ? distance : Math.min(distance, CLIP * this.usual + Number.MIN_VALUE);
    this.usual += Math.max(1 / this.memory, 1 / this.count) * (taken - this.usual);
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

  write(to: Numbers): void {
    to.add(this.count);
    to.add(this.usual);
  }

  restore([count = 0, usual = 0]: Float64Array): void {
    this.count = count;
    this.usual = usual;
  }
}

import { Desk } from '../memory/desk.ts';
import type { Numbers } from '../memory/numbers.ts';
import { Tails, WARM_UP } from './tails.ts';

/** One tail by itself. */
export class Tail {
  /** Distances before it can say anything. */
  static readonly needed = WARM_UP;
  private readonly desk: Desk;
  private readonly tails: Tails;
  private readonly distance = new Float64Array(1);

  constructor(desk: Desk = new Desk()) {
    this.desk = desk;
    this.tails = new Tails(desk, 1);
  }

  /** Time that was observed, ms. */
  get elapsed(): number {
    return this.tails.elapsed(0);
  }

  /** Between two points, ms. */
  get usualGap(): number {
    return this.tails.usualGap(0);
  }

  /** Distances learnt. */
  get points(): number {
    return this.tails.points(0);
  }

  /** Times a day, positive; Infinity while it is too young to say. */
  timesADay(distance: number): number {
    return this.tails.timesADay(0, distance);
  }

  /** The same as the probability of a point, (0,1]. */
  probability(distance: number): number {
    return this.tails.probability(0, distance);
  }

  learn(distance: number, time: number): void {
    this.distance[0] = distance;
    this.tails.learn(this.distance, time);
  }

  /** With all else that is on its desk. */
  write(to: Numbers): void {
    this.desk.write(to);
  }

  restore(state: Float64Array): void {
    this.desk.restore(state);
  }
}

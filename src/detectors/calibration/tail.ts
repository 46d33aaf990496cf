import { Desk } from '../memory/desk.ts';
import type { Numbers } from '../memory/numbers.ts';
import { ObservedTime } from './observed-time.ts';
import { Tails } from './tails.ts';

/** One tail by itself. */
export class Tail {
  private readonly desk: Desk;
  private readonly clock: ObservedTime;
  private readonly tails: Tails;
  private readonly distance = new Float64Array(1);
  private readonly answer = new Float64Array(1);

  /** `clock`: as that of `Tails`; a tail with one of its own is told the time by `learnAt`. */
  constructor(desk: Desk = new Desk(), clock: ObservedTime = new ObservedTime(desk)) {
    this.desk = desk;
    this.clock = clock;
    this.tails = new Tails(desk, 1, clock);
  }

  /** Time that was observed, ms. */
  get elapsed(): number {
    return this.tails.elapsed(0);
  }

  /** Times a day, positive; Infinity while it is too young to say. */
  timesADay(distance: number): number {
    this.distance[0] = distance;
    this.tails.judge(this.distance, this.answer);
    return this.answer[0] ?? 0;
  }

  /** The distance that was asked about last. */
  learn(): void {
    this.tails.learn(this.distance);
  }

  /** `time` in epoch ms. */
  learnAt(distance: number, time: number): void {
    this.timesADay(distance);
    this.clock.pass(time);
    this.learn();
  }

  /** With all else that is on its desk. */
  write(to: Numbers): void {
    this.desk.write(to);
  }

  restore(state: Float64Array): void {
    this.desk.restore(state);
  }
}

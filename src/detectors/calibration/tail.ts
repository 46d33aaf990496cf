import { Desk } from '../memory/desk.ts';
import type { Numbers } from '../memory/numbers.ts';
import { Tails } from './tails.ts';

/** One tail by itself. */
export class Tail {
  private readonly desk: Desk;
  private readonly tails: Tails;
  private readonly distance = new Float64Array(1);
  private readonly answer = new Float64Array(1);

  constructor(desk: Desk = new Desk()) {
    this.desk = desk;
    this.tails = new Tails(desk, 1);
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

  learn(distance: number, time: number): void {
    this.timesADay(distance);
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

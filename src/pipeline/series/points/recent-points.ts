import { usable } from '../../../detectors/detector.ts';
import type { Numbers } from '../../../detectors/memory/numbers.ts';
import { singles } from '../../../detectors/memory/slab.ts';
import { COURSE_BEFORE } from '../../../domain/course.ts';

export interface TimedValue {
  /** Epoch ms. */
  readonly time: number;
  readonly value: number;
}

/**
 * The last values of a series, for the picture of an anomaly: a ring of values and of the gaps before them, in single
 * precision: 480 bytes. A gap of more than four hours is told to a few milliseconds.
 */
export class RecentPoints {
  private readonly numbers = singles(2 * COURSE_BEFORE);
  private next = 0;
  private count = 0;
  private last = 0;

  push(time: number, exact: number): void {
    const value = usable(exact);
    if (value === null) return;
    const place = this.next;
    this.numbers[place] = value;
    this.numbers[place + COURSE_BEFORE] = time - this.last;
    this.last = time;
    this.next = this.next + 1 === COURSE_BEFORE ? 0 : this.next + 1;
    if (this.count < COURSE_BEFORE) this.count += 1;
  }

  /** Oldest first, as they came. */
  points(): readonly TimedValue[] {
    const points: TimedValue[] = [];
    let time = this.last;
    for (let back = 1; back <= this.count; back += 1) {
      const place = (this.next - back + COURSE_BEFORE) % COURSE_BEFORE;
      points.push({ time: Math.round(time), value: this.numbers[place] ?? 0 });
      time -= this.numbers[place + COURSE_BEFORE] ?? 0;
    }
    return points.reverse();
  }

  /** Mean gap between them, ms; 0 where there are no two. */
  usualGap(): number {
    const [first] = this.points();
    return first === undefined || this.count < 2 ? 0 : (this.last - first.time) / (this.count - 1);
  }

  write(to: Numbers): void {
    const { numbers, count } = this;
    to.addAll([this.next, count, this.last]);
    to.addAll(numbers, 0, count);
    to.addAll(numbers, COURSE_BEFORE, COURSE_BEFORE + count);
  }

  restore(state: Float64Array): void {
    const [next = 0, count = 0, last = 0] = state;
    Object.assign(this, { next, count, last });
    this.numbers.set(state.subarray(3, 3 + count));
    this.numbers.set(state.subarray(3 + count, 3 + 2 * count), COURSE_BEFORE);
  }
}

import { calibrated } from './calibrate.ts';
import { type Gauge, type Measure, type Point, type SeriesDetector, usable } from './detector.ts';
import type { Numbers } from './numbers.ts';

/** A series that always moved and stands still: how improbable so many equal values in a row are, in nats. */
export function flatLine(): () => SeriesDetector<Point> {
  return () => calibrated(new FlatLineGauge());
}

/** Points after which how often the value changes has faded to about a third. */
const MEMORY = 500;
/** Only a series that moves at nearly every point is strange when it does not, */
const RESTLESS = 0.8;
/** and not before so many equal values in a row. */
const LEAST_RUN = 10;
/** It is never certain that the next value is another. */
const MOST_CHANGE = 0.95;

class FlatLineGauge implements Gauge {
  readonly name = 'flat-line';
  readonly needed = 100;
  seen = 0;
  private previous = 0;
  private run = 0;
  /** Share of points that are another value than the one before. */
  private change = 0;

  distance(point: Point): number {
    if (this.seen < this.needed) return Number.NaN;
    if (this.change < RESTLESS || this.run + 1 < LEAST_RUN || usable(point.value) !== this.previous) return 0;
    return -(this.run + 1) * Math.log(1 - Math.min(MOST_CHANGE, this.change));
  }

  expectation({ value }: Point): Measure {
    const points = value === this.previous ? this.run + 2 : 1;
    return { compared: 'stillness', value, points, baseline: this.previous, spread: 0, expected: null };
  }

  learn(point: Point): void {
    const value = usable(point.value) ?? 0;
    const moved = value !== this.previous;
    this.seen += 1;
    this.run = moved ? 0 : this.run + 1;
    this.previous = value;
    this.change += Math.max(1 / MEMORY, 1 / this.seen) * ((moved ? 1 : 0) - this.change);
  }

  write(to: Numbers): void {
    for (const number of [this.seen, this.previous, this.run, this.change]) to.add(number);
  }

  restore([seen = 0, previous = 0, run = 0, change = 0]: Float64Array): void {
    Object.assign(this, { seen, previous, run, change });
  }
}

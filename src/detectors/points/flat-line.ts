import type { Gauge, Measure, Point } from '../detector.ts';
import type { Desk } from '../memory/desk.ts';
import type { GaugeMaker } from './panel.ts';

/** A series that always moved and stands still: how improbable so many equal values in a row are, in nats. */
export function flatLine(): GaugeMaker {
  return { make: (desk) => new FlatLineGauge(desk), doubt: 1 };
}

/** Points after which how often the value changes has faded to about a third. */
const MEMORY = 500;
/** Only a series that moves at nearly every point is strange when it does not, */
const RESTLESS = 0.8;
/** and not before so many equal values in a row. */
const LEAST_RUN = 10;
/** It is never certain that the next value is another. */
const MOST_CHANGE = 0.95;

/** Its cells; the run is of equal values after the first, the change the share of points unlike the one before. */
const SEEN = 0;
const PREVIOUS = 1;
const RUN = 2;
const CHANGE = 3;

class FlatLineGauge implements Gauge {
  readonly name = 'flat-line';
  readonly needed = 100;
  private readonly desk: Desk;
  private readonly at: number;

  constructor(desk: Desk) {
    this.desk = desk;
    this.at = desk.place(0, 0, 0, 0);
  }

  get seen(): number {
    return this.desk.doubles[this.at + SEEN] ?? 0;
  }

  distance({ value }: Point): number {
    const { at } = this;
    const { doubles } = this.desk;
    if (this.seen < this.needed) return Number.NaN;
    const run = (doubles[at + RUN] ?? 0) + 1;
    const change = doubles[at + CHANGE] ?? 0;
    if (change < RESTLESS || run < LEAST_RUN || value !== this.previous) return 0;
    return -run * Math.log(1 - Math.min(MOST_CHANGE, change));
  }

  expectation({ value }: Point): Measure {
    const { previous } = this;
    const points = value === previous ? (this.desk.doubles[this.at + RUN] ?? 0) + 2 : 1;
    return { compared: 'stillness', value, points, baseline: previous, spread: 0, expected: null };
  }

  learn({ value }: Point): void {
    const { at } = this;
    const { doubles } = this.desk;
    const seen = this.seen + 1;
    const moved = value !== this.previous;
    const change = doubles[at + CHANGE] ?? 0;
    doubles[at + SEEN] = seen;
    doubles[at + RUN] = moved ? 0 : (doubles[at + RUN] ?? 0) + 1;
    doubles[at + PREVIOUS] = value;
    doubles[at + CHANGE] = change + Math.max(1 / MEMORY, 1 / seen) * ((moved ? 1 : 0) - change);
  }

  private get previous(): number {
    return this.desk.doubles[this.at + PREVIOUS] ?? 0;
  }
}

import { type Gauge, type Measure, type Point, usable } from './detector.ts';
import type { Numbers } from './numbers.ts';
import { SortedWindow } from './window.ts';

/** A way of measuring points by the sorted window of those before. */
export interface WindowMeasure {
  readonly name: string;
  /** Points that it remembers. */
  readonly window: number;
  /** Points before it measures. */
  readonly warmUp: number;
  /** In the measure's own unit. */
  distance(window: SortedWindow, value: number, weight: number): number;
  expectation(window: SortedWindow): Measure;
}

/** A gauge whose whole memory is the sorted window of the newest points. */
export class WindowGauge implements Gauge {
  private readonly way: WindowMeasure;
  private readonly window: SortedWindow;
  readonly sturdy = false;
  seen = 0;

  constructor(way: WindowMeasure) {
    this.way = way;
    this.window = new SortedWindow(way.window);
  }

  get name(): string {
    return this.way.name;
  }

  get needed(): number {
    return this.way.warmUp;
  }

  distance({ value, weight }: Point): number {
    if (this.seen < this.way.warmUp) return Number.NaN;
    return this.way.distance(this.window, Math.fround(usable(value) ?? 0), weight);
  }

  expectation(): Measure {
    const { baseline, spread, expected } = this.way.expectation(this.window);
    const [low, high] = expected;
    return { baseline: shown(baseline), spread: shown(spread), expected: [shown(low), shown(high)] };
  }

  learn({ value }: Point): void {
    this.window.push(usable(value) ?? 0);
    this.seen += 1;
  }

  write(to: Numbers): void {
    to.add(this.seen);
    this.window.write(to);
  }

  restore(state: Float64Array): void {
    this.seen = state[0] ?? 0;
    this.window.restore(state.subarray(1));
  }
}

/** Without the digits that single precision makes up. */
function shown(value: number): number {
  return Number(value.toPrecision(7));
}

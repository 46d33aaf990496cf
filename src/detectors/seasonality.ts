import { calibrated } from './calibrate.ts';
import {
  excess,
  type Gauge,
  type Measure,
  type Point,
  type SeriesDetector,
  type Side,
  single,
  usable,
} from './detector.ts';
import { Deviation } from './deviation.ts';
import type { Numbers } from './numbers.ts';
import { bytes, singles } from './slab.ts';

/** Distance from what this hour of the week usually has, in usual distances. The hours are those of UTC. */
export function seasonality(side: Side): () => SeriesDetector<Point> {
  return () => calibrated(new SeasonalityGauge(side), DOUBT);
}

const HOUR_MS = 3_600_000;
const HOURS = 168;
/** Share of a new point in what is known of its hour, once there are many. */
const SHARE = 0.075;
/** Usual distances of one point that move its hour at most. */
const CLIP = 5;
const MEMORY = 200;

const DOUBT = 2;

class SeasonalityGauge implements Gauge {
  readonly name = 'seasonality';
  readonly needed = 50;
  /** Points that came in a known hour. */
  seen = 0;
  private readonly side: Side;
  private readonly level: Float32Array;
  private readonly levelAt: number;
  private readonly count: Uint8Array;
  private readonly countAt: number;
  private readonly deviation = new Deviation(MEMORY);

  constructor(side: Side) {
    this.side = side;
    const level = singles(HOURS);
    this.level = level.numbers;
    this.levelAt = level.at;
    const count = bytes(HOURS);
    this.count = count.numbers;
    this.countAt = count.at;
  }

  distance({ time, value, weight }: Point): number {
    const hour = hourOf(time);
    if (this.seen < this.needed || this.known(hour) === 0) return Number.NaN;
    const level = this.levelOf(hour);
    const over = excess(usable(value) ?? 0, level, level, this.side);
    return this.deviation.units(over, level) * Math.sqrt(weight);
  }

  expectation({ time, value }: Point): Measure {
    return single(value, this.deviation.around(this.levelOf(hourOf(time))));
  }

  learn(point: Point): void {
    const value = usable(point.value) ?? 0;
    const hour = hourOf(point.time);
    const known = this.known(hour);
    if (known === 0) this.level[this.levelAt + hour] = value;
    else {
      const level = this.levelOf(hour);
      const error = value - level;
      const bound = this.seen < this.needed ? Number.POSITIVE_INFINITY : CLIP * this.deviation.usual;
      const share = Math.max(SHARE, 1 / (known + 1));
      this.level[this.levelAt + hour] = level + share * Math.max(-bound, Math.min(bound, error));
      this.seen += 1;
      this.deviation.learn(Math.abs(error));
    }
    if (known < 255) this.count[this.countAt + hour] = known + 1;
  }

  write(to: Numbers): void {
    to.add(this.seen);
    this.deviation.write(to);
    to.addAll(this.level, this.levelAt, this.levelAt + HOURS);
    to.addAll(this.count, this.countAt, this.countAt + HOURS);
  }

  restore(state: Float64Array): void {
    this.seen = state[0] ?? 0;
    this.deviation.restore(state.subarray(1, 3));
    this.level.set(state.subarray(3, 3 + HOURS), this.levelAt);
    this.count.set(state.subarray(3 + HOURS, 3 + 2 * HOURS), this.countAt);
  }

  private known(hour: number): number {
    return this.count[this.countAt + hour] ?? 0;
  }

  private levelOf(hour: number): number {
    return this.level[this.levelAt + hour] ?? 0;
  }
}

/** Hour of the week, 0..167; the week begins on a Thursday, as the epoch did. */
function hourOf(time: number): number {
  const hour = Math.floor(time / HOUR_MS) % HOURS;
  return Number.isFinite(hour) ? (hour + HOURS) % HOURS : 0;
}

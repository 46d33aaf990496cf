import { excess, type Gauge, type Measure, type Point, type Side, single } from '../detector.ts';
import type { Desk } from '../memory/desk.ts';
import { Deviation } from './deviation.ts';

const HOUR_MS = 3_600_000;
const HOURS = 168;
/** Share of a new point in what is known of its hour, once there are many. */
const SHARE = 0.075;
/** Usual distances of one point that move its hour at most. */
const CLIP = 5;
const MEMORY = 200;
/** Points of an hour that are told apart. */
const MOST_KNOWN = 255;

/** Distance from what this hour of the week usually has, in usual distances. The hours are those of UTC. */
export class Seasonality implements Gauge {
  readonly name = 'seasonality';
  readonly needed = 50;
  readonly doubt = 2;
  private readonly desk: Desk;
  private readonly side: Side;
  /** How many points came in a known hour; the level of each hour, and how many points it has had. */
  private readonly returned: number;
  private readonly levels: number;
  private readonly counts: number;
  private readonly deviation: Deviation;

  constructor(desk: Desk, side: Side) {
    this.desk = desk;
    this.side = side;
    this.returned = desk.place();
    this.levels = desk.placeSingles(HOURS);
    this.counts = desk.placeShorts(HOURS);
    this.deviation = new Deviation(desk, MEMORY);
  }

  distance({ time, value, weight }: Point): number {
    const hour = hourOf(time);
    const returned = this.desk.doubles[this.returned] ?? 0;
    if (returned < this.needed || this.known(hour) === 0) return Number.NaN;
    const level = this.levelOf(hour);
    return this.deviation.units(excess(value, level, level, this.side), level) * Math.sqrt(weight);
  }

  expectation({ time, value }: Point): Measure {
    return single(value, this.deviation.around(this.levelOf(hourOf(time))));
  }

  learn({ time, value }: Point): void {
    const hour = hourOf(time);
    const known = this.known(hour);
    if (known < MOST_KNOWN) this.desk.shorts[this.counts + hour] = known + 1;
    this.desk.singles[this.levels + hour] = known === 0 ? value : this.levelWith(value, hour, known);
  }

  /** The new level of a known hour; the point's distance is learnt. */
  private levelWith(value: number, hour: number, known: number): number {
    const returned = this.desk.doubles[this.returned] ?? 0;
    const level = this.levelOf(hour);
    const error = value - level;
    const bound = returned < this.needed ? Number.POSITIVE_INFINITY : CLIP * this.deviation.usual;
    const share = Math.max(SHARE, 1 / (known + 1));
    this.desk.doubles[this.returned] = returned + 1;
    this.deviation.learn(Math.abs(error), returned + 1);
    return level + share * Math.max(-bound, Math.min(bound, error));
  }

  private known(hour: number): number {
    return this.desk.shorts[this.counts + hour] ?? 0;
  }

  private levelOf(hour: number): number {
    return this.desk.singles[this.levels + hour] ?? 0;
  }
}

/** Hour of the week, 0..167; the week begins on a Thursday, as the epoch did. */
function hourOf(time: number): number {
  const hour = Math.floor(time / HOUR_MS);
  return Number.isFinite(hour) ? hour - HOURS * Math.floor(hour / HOURS) : 0;
}

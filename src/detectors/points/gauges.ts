import type { Gauge, Point, Side } from '../detector.ts';
import type { Desk } from '../memory/desk.ts';
import { FlatLine } from './flat-line.ts';
import { Iqr } from './iqr.ts';
import { MovingAverage } from './moving-average.ts';
import { Seasonality } from './seasonality.ts';
import { Spread } from './spread.ts';
import { ZScore } from './z-score.ts';

/** Gauges that look at the same points. */
export interface Gauges {
  readonly all: readonly Gauge[];
  /** Writes the distance of each, NaN for none; `seen`: the points that were learnt before. */
  measure(point: Point, seen: number, distances: Float64Array): void;
  learn(point: Point, seen: number): void;
}

/** Any. */
export function gaugesOf(all: readonly Gauge[]): Gauges {
  return {
    all,
    measure(point, seen, distances) {
      for (const [i, gauge] of all.entries()) distances[i] = gauge.distance(point, seen);
    },
    learn(point, seen) {
      for (const gauge of all) gauge.learn(point, seen);
    },
  };
}

/**
 * Who looks at a numeric series. They are called by their names: through a list, where each call may be to any of them,
 * the engine cannot make one piece of code of them, and a point costs a fifth more.
 */
export class PointGauges implements Gauges {
  readonly all: readonly Gauge[];
  private readonly zScore: ZScore;
  private readonly short: MovingAverage;
  private readonly middle: MovingAverage;
  private readonly long: MovingAverage;
  private readonly seasonality: Seasonality;
  private readonly iqr: Iqr;
  private readonly spread: Spread;
  private readonly flatLine: FlatLine;

  constructor(desk: Desk, side: Side) {
    this.zScore = new ZScore(desk, side);
    this.short = new MovingAverage(desk, side, 6);
    this.middle = new MovingAverage(desk, side, 24);
    this.long = new MovingAverage(desk, side, 48);
    this.seasonality = new Seasonality(desk, side);
    this.iqr = new Iqr(desk, side);
    this.spread = new Spread(desk);
    this.flatLine = new FlatLine(desk);
    const { zScore, short, middle, long, seasonality, iqr, spread, flatLine } = this;
    this.all = [zScore, short, middle, long, seasonality, iqr, spread, flatLine];
  }

  measure(point: Point, seen: number, distances: Float64Array): void {
    distances[0] = this.zScore.distance(point, seen);
    distances[1] = this.short.distance(point, seen);
    distances[2] = this.middle.distance(point, seen);
    distances[3] = this.long.distance(point, seen);
    distances[4] = this.seasonality.distance(point);
    distances[5] = this.iqr.distance(point, seen);
    distances[6] = this.spread.distance(point, seen);
    distances[7] = this.flatLine.distance(point, seen);
  }

  learn(point: Point, seen: number): void {
    this.zScore.learn(point, seen);
    this.short.learn(point, seen);
    this.middle.learn(point, seen);
    this.long.learn(point, seen);
    this.seasonality.learn(point);
    this.iqr.learn(point, seen);
    this.spread.learn(point, seen);
    this.flatLine.learn(point, seen);
  }
}

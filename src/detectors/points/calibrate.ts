import type { Range, Reading } from '../../domain/detection.ts';
import { ObservedTime } from '../calibration/observed-time.ts';
import { type Gauge, type Point, type SeriesDetector, usablePoint } from '../detector.ts';
import { Desk } from '../memory/desk.ts';
import { type Numbers, numbersOf } from '../memory/numbers.ts';
import { gaugesOf } from './gauges.ts';
import { Panel } from './panel.ts';

/** Makes detectors of one gauge each. */
export function calibrated(gauge: (desk: Desk) => Gauge): () => SeriesDetector<Point> {
  return () => new Calibrated(gauge);
}

class Calibrated implements SeriesDetector<Point> {
  readonly name: string;
  readonly needed: number;
  private readonly desk = new Desk();
  private readonly clock = new ObservedTime(this.desk);
  private readonly panel: Panel;

  constructor(gauge: (desk: Desk) => Gauge) {
    this.panel = new Panel(this.desk, this.clock, (desk) => gaugesOf([gauge(desk)]));
    this.name = this.panel.names[0] ?? '';
    this.needed = this.panel.needed;
  }

  get seen(): number {
    return this.panel.seen;
  }

  timesADay(input: Point): number {
    const point = usablePoint(input);
    if (point === null) return Number.POSITIVE_INFINITY;
    this.panel.measure(point);
    return this.panel.timesADay(0);
  }

  get missing(): number {
    return this.panel.missing(0);
  }

  range(point: Point): Range | null {
    return this.panel.range(0, point);
  }

  score(input: Point): Reading | null {
    const point = usablePoint(input);
    if (point === null) return null;
    this.panel.measure(point);
    return this.panel.readings(point)[0] ?? null;
  }

  learn(input: Point): void {
    const point = usablePoint(input);
    if (point === null) return;
    this.panel.measure(point);
    this.clock.pass(point.time);
    this.panel.learn(point);
  }

  write(to: Numbers): void {
    this.desk.write(to);
  }

  snapshot(): Float64Array {
    return numbersOf((to) => this.write(to));
  }

  restore(state: Float64Array): void {
    this.desk.restore(state);
  }
}

import type { Vector } from '../../detectors/vectors/vector.ts';
import type { PointSeries } from '../series/points/points.ts';
import { seriesLabel } from '../series/series.ts';
import { SetBack } from './set-back.ts';
import { type SavedSlots, Slots } from './slots.ts';

/** A series of points: its name, and the usual gap between two points, ms. */
export type RowSeries = Pick<PointSeries, 'place' | 'name' | 'usual'>;

/** Metrics that arrive as points, put together: what lies in one time bucket is one vector. */
export class Rows {
  private readonly bucketMs: number;
  private readonly slots = new Slots();
  private readonly setBack = new SetBack();
  /** Names of series by their place among all points: made once. */
  private readonly labels: string[] = [];
  /** Bucket of the open row, its latest time, epoch ms, and whether it was told already. */
  private bucket = Number.NEGATIVE_INFINITY;
  private latest = 0;
  private isTold = false;

  constructor(bucketMs: number) {
    this.bucketMs = bucketMs;
  }

  /**
   * The vectors that end with this point: the row before it, when it begins another, and its own, when nothing is missing in
   * it. Where points come oftener than buckets, only the end of the bucket tells that.
   */
  add(series: RowSeries, time: number, value: number): readonly Vector[] {
    const place = this.slots.place((this.labels[series.place] ??= seriesLabel(series.name)));
    if (place === null) return NONE;
    const bucket = Math.floor(time / this.bucketMs);
    const isBack = this.setBack.isConfirmed(time, this.latest);
    const isLate = bucket < this.bucket && !isBack;
    if (isLate || (bucket === this.bucket && this.isTold)) return NONE;
    const before = bucket === this.bucket ? null : this.begin(bucket, time);
    this.latest = Math.max(this.latest, time);
    this.slots.add(place, value, 1);
    this.isTold = series.usual >= this.bucketMs && this.slots.isFull;
    const own = this.isTold ? this.slots.take(this.latest) : null;
    if (before === null && own === null) return NONE;
    return [before, own].filter((vector) => vector !== null);
  }

  snapshot(): SavedRows {
    const bucket = Number.isFinite(this.bucket) ? this.bucket : null;
    const { latest, isTold } = this;
    return { bucket, latest, isTold, behind: this.setBack.snapshot(), slots: this.slots.snapshot() };
  }

  restore({ bucket, latest, isTold, behind, slots }: SavedRows): void {
    this.bucket = bucket ?? Number.NEGATIVE_INFINITY;
    this.latest = latest;
    this.isTold = isTold;
    this.setBack.restore(behind);
    this.slots.restore(slots);
  }

  /** Begins a row; the one before it, or null where it was told or nothing came. */
  private begin(bucket: number, time: number): Vector | null {
    const before = this.slots.isEmpty ? null : this.slots.take(this.latest);
    this.bucket = bucket;
    this.latest = time;
    return before;
  }
}

const NONE: readonly Vector[] = [];

export interface SavedRows {
  /** Null before the first. */
  readonly bucket: number | null;
  readonly latest: number;
  readonly isTold: boolean;
  readonly behind: number;
  readonly slots: SavedSlots;
}

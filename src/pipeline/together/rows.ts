import type { Vector } from '../../detectors/vectors/vector.ts';
import type { PointSeries } from '../series/points.ts';
import { seriesLabel } from '../series/series.ts';
import { type SavedSlots, Slots } from './slots.ts';

/** Metrics that arrive as points, put together: what lies in one time bucket is one vector. */
export class Rows {
  private readonly bucketMs: number;
  private readonly slots = new Slots();
  /** By the place of the series among all points; null for one too many. */
  private readonly places: (number | null)[] = [];
  /** Bucket of the open row, and its latest time, epoch ms. */
  private bucket = Number.NEGATIVE_INFINITY;
  private latest = 0;

  constructor(bucketMs: number) {
    this.bucketMs = bucketMs;
  }

  /**
   * The vectors that end with this point: the row before it, when it begins another, and its own, when nothing is missing in
   * it. Where points come oftener than buckets, only the end of the bucket tells that.
   */
  add(series: RowSeries, time: number, value: number): readonly Vector[] {
    const place = this.placeOf(series);
    if (place === null) return NONE;
    const bucket = Math.floor(time / this.bucketMs);
    if (bucket < this.bucket) return NONE;
    const before = bucket > this.bucket ? this.close() : null;
    this.bucket = bucket;
    this.latest = Math.max(this.latest, time);
    this.slots.add(place, value, 1);
    const own = this.slots.isFull && series.usual >= this.bucketMs ? this.close() : null;
    if (before === null && own === null) return NONE;
    return [before, own].filter((vector) => vector !== null);
  }

  snapshot(): SavedRows {
    return {
      bucket: Number.isFinite(this.bucket) ? this.bucket : null,
      latest: this.latest,
      slots: this.slots.snapshot(),
    };
  }

  restore({ bucket, latest, slots }: SavedRows): void {
    this.bucket = bucket ?? Number.NEGATIVE_INFINITY;
    this.latest = latest;
    this.slots.restore(slots);
  }

  private placeOf(series: RowSeries): number | null {
    const known = this.places[series.place];
    if (known !== undefined) return known;
    const place = this.slots.place(seriesLabel(series.name));
    this.places[series.place] = place;
    return place;
  }

  private close(): Vector | null {
    return this.slots.isEmpty ? null : this.slots.take(this.latest);
  }
}

const NONE: readonly Vector[] = [];

/** A series of points: its place among all, and the usual gap between two points, ms. */
export type RowSeries = Pick<PointSeries, 'place' | 'name' | 'usual'>;

export interface SavedRows {
  /** Null before the first. */
  readonly bucket: number | null;
  readonly latest: number;
  readonly slots: SavedSlots;
}

import { type Bucket, emptyBucket, renew } from './open-bucket.ts';

/** Buckets that wait to be used again; more are open only while a clock is set. */
const MOST_SPARE = 8;

/** Buckets of which events may still come, oldest first: hardly ever more than two. */
export class OpenBuckets {
  readonly all: Bucket[] = [];
  private readonly spare: Bucket[] = [];

  /** The one that begins at `start`; null when none does. */
  at(start: number): Bucket | null {
    const bucket = this.all[this.placeOf(start)];
    return bucket?.start === start ? bucket : null;
  }

  /** A new one, where none begins at `start`. */
  open(start: number): Bucket {
    const used = this.spare.pop();
    const bucket = used === undefined ? emptyBucket(start) : renew(used, start);
    const place = this.placeOf(start);
    if (place === this.all.length) this.all.push(bucket);
    else this.all.splice(place, 0, bucket);
    return bucket;
  }

  /** The oldest is done with once `judge` has seen it: it is used again, and nobody may keep it. */
  close(judge: (bucket: Bucket) => void): void {
    const bucket = this.all.shift();
    if (bucket === undefined) return;
    judge(bucket);
    if (this.spare.length < MOST_SPARE) this.spare.push(bucket);
  }

  restore(buckets: readonly Bucket[]): void {
    this.all.push(...buckets);
    this.all.sort((a, b) => a.start - b.start);
  }

  /** Behind those that begin before `start`; most events are of the last one. */
  private placeOf(start: number): number {
    let place = this.all.length;
    while (place > 0 && (this.all[place - 1]?.start ?? start) >= start) place -= 1;
    return place;
  }
}

import { COURSE_AFTER, type CoursePoint } from '../../domain/course.ts';
import type { Range } from '../../domain/detection.ts';

/** What is known of the episode of one fingerprint. */
export interface Episode {
  lastSeen: number;
  usualGap: number;
  confidence: number;
  /** Id of the anomaly that it opened. */
  readonly opening: string;
  worst: number | null;
  readonly expectedRange: Range | null;
  readonly openedAt: number;
  /** Of what is counted: the bucket that goes on, and how many came in it. */
  bucket: number;
  inBucket: number;
}

/** As it is kept in memory. */
export type SavedEpisode = readonly [
  fingerprint: string,
  lastSeen: number,
  usualGap: number,
  confidence: number,
  opening: string,
  worst: number | null,
  expectedRange: Range | null,
  openedAt: number,
  bucket: number,
  inBucket: number,
];

/** How many came in the bucket of `time` so far; null when the course is over. */
export function counted(episode: Episode, time: number, bucketMs: number): CoursePoint | null {
  const bucket = Math.floor(time / bucketMs) * bucketMs;
  if (bucket < episode.bucket || bucket - episode.openedAt > COURSE_AFTER * bucketMs) return null;
  if (bucket > episode.bucket) episode.inBucket = 0;
  episode.bucket = bucket;
  episode.inBucket += 1;
  return { time: bucket, value: episode.inBucket, expected: null };
}

export function saved(fingerprint: string, one: Episode): SavedEpisode {
  const { lastSeen, usualGap, confidence, opening, worst, expectedRange } = one;
  const { openedAt, bucket, inBucket } = one;
  const extent = [opening, worst, expectedRange] as const;
  return [fingerprint, lastSeen, usualGap, confidence, ...extent, openedAt, bucket, inBucket];
}

export function restored(saved: SavedEpisode): Episode {
  const [, lastSeen, usualGap, confidence, opening, worst, expectedRange] = saved;
  const [openedAt, bucket, inBucket] = saved.slice(7) as [number, number, number];
  return { lastSeen, usualGap, confidence, opening, worst, expectedRange, openedAt, bucket, inBucket };
}

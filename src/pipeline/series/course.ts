import type { Count } from '../../detectors/detector.ts';
import { COURSE_BEFORE, type Course, type CoursePoint } from '../../domain/course.ts';
import type { Reading } from '../../domain/detection.ts';
import type { Judged } from './counts/judged.ts';
import type { FollowedSeries } from './followed.ts';
import type { TimedValue } from './points/recent-points.ts';
import type { Series } from './series.ts';

/**
 * The values of a series until its anomaly opens, and from now on it is followed. What was usual then is said by the surest
 * detector that looks at single values, as of the opening.
 */
export function beginCourse(judged: Judged, bucketMs: number, followed: FollowedSeries): Course {
  const { series, verdict, statistic, time } = judged;
  const track = statistic === 'p95' ? 1 : 0;
  const detector = Math.max(0, series.tracks[track]?.names.indexOf(surestOf(verdict.readings)) ?? 0);
  followed.begin(series, track, detector);
  // A count that is not written is 0: only what lies close by belongs to the picture.
  const from = statistic === 'count' ? time - COURSE_BEFORE * bucketMs : Number.NEGATIVE_INFINITY;
  const near =
    series.recent[track]?.points().filter((point) => point.time > from && point.time <= time) ?? [];
  const course = near.map((point) => coursePoint(series, point));
  return course.sort((a, b) => a.time - b.time);
}

/** A point of a series that is followed. */
export function coursePoint(series: Series, { time, value }: TimedValue): CoursePoint {
  const { track, detector } = series.followed ?? { track: 0, detector: 0 };
  POINT.time = time;
  POINT.value = value;
  return { time, value, expected: series.tracks[track]?.range(detector, POINT) ?? null };
}

/** What is asked about: nobody keeps it. */
const POINT: { -readonly [Key in keyof Count]: Count[Key] } = {
  time: 0,
  value: 0,
  weight: 1,
  exposure: 1,
  bucketMs: 0,
};

function surestOf(readings: readonly Reading[]): string {
  let surest: Reading | null = null;
  for (const reading of readings) {
    const { evidence } = reading;
    const isSingle =
      evidence.kind === 'rate' || (evidence.kind === 'deviation' && evidence.compared === 'value');
    if (isSingle && reading.score > (surest?.score ?? -1)) surest = reading;
  }
  return surest?.detector ?? '';
}

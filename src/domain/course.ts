import type { Range } from './detection.ts';

/** One value of what an anomaly is about. */
export interface CoursePoint {
  /** Epoch ms. */
  readonly time: number;
  readonly value: number;
  /** What was usual then; null where nothing says so. */
  readonly expected: Range | null;
}

/** The values around the opening of an anomaly, in order of time. */
export type Course = readonly CoursePoint[];

/** Points kept until the opening, and from it on. */
export const COURSE_BEFORE = 60;
export const COURSE_AFTER = 30;

/** The course with what came later; a point of the same time takes the place of the one that is there. */
export function goOn(course: Course, later: Course): Course {
  if (later.length === 0) return course;
  const [first] = later;
  const last = course.at(-1);
  if (first !== undefined && last?.time === first.time) return goOn(course.slice(0, -1), later);
  const inOrder = later.length === 1 && (last === undefined || last.time < (first?.time ?? 0));
  if (inOrder) return course.length < COURSE_BEFORE + COURSE_AFTER ? [...course, ...later] : course;
  const byTime = new Map([...course, ...later].map((point) => [point.time, point]));
  const points = [...byTime.values()].sort((a, b) => a.time - b.time);
  return points.slice(0, COURSE_BEFORE + COURSE_AFTER);
}

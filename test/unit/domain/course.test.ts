import { describe, expect, it } from 'vitest';
import { COURSE_AFTER, COURSE_BEFORE, type CoursePoint, goOn } from '../../../src/domain/course.ts';

const at = (time: number, value = time): CoursePoint => ({ time, value, expected: null });
const times = (course: readonly CoursePoint[]) => course.map(({ time }) => time);

describe('a course', () => {
  it('goes on in order of time, whatever order the points come in', () => {
    expect(times(goOn([at(1), at(4)], [at(3), at(6), at(5)]))).toEqual([1, 3, 4, 5, 6]);
    expect(times(goOn([at(1)], [at(2)]))).toEqual([1, 2]);
    expect(times(goOn([at(3)], [at(2)]))).toEqual([2, 3]);
  });

  it('believes the later of two points of one time: a count that goes on', () => {
    expect(goOn([at(1), at(2, 5)], [at(2, 6)])).toEqual([at(1), at(2, 6)]);
    expect(goOn([at(1, 5), at(2)], [at(1, 6)])).toEqual([at(1, 6), at(2)]);
  });

  it('is bounded, one by one and all at once', () => {
    const many = Array.from({ length: 500 }, (_, i) => at(i));
    const most = COURSE_BEFORE + COURSE_AFTER;
    expect(goOn([], many)).toEqual(many.slice(0, most));
    expect(many.reduce<readonly CoursePoint[]>((course, point) => goOn(course, [point]), [])).toHaveLength(
      most,
    );
  });
});

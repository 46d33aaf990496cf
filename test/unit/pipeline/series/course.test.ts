import { describe, expect, it } from 'vitest';
import { COURSE_AFTER, COURSE_BEFORE, goOn } from '../../../../src/domain/course.ts';
import type { TelemetryEvent } from '../../../../src/domain/event.ts';
import type { Sighting } from '../../../../src/domain/sighting.ts';
import type { Pipeline } from '../../../../src/pipeline/pipeline.ts';
import { RecentPoints } from '../../../../src/pipeline/series/points/recent-points.ts';
import { openings, pipelineOf, pushLines, requestLine, sequence, T0 } from '../../../support/log-lines.ts';

const MINUTE = 60_000;
const random = sequence(3);
/** Two calm days, then a level five times as high, then calm again. */
const LATER = 2 * 1440;
const values = Array.from(
  { length: LATER + 80 },
  (_, i) => (10 + random()) * (i >= LATER && i < LATER + 20 ? 5 : 1),
);

function point(i: number, value = values[i] ?? 0): TelemetryEvent {
  return {
    source: 'app',
    stream: 'api',
    offset: i,
    timestamp: T0 + i * MINUTE,
    metadata: {},
    type: 'metric',
    data: { metricName: 'queue', value },
  };
}

const events = values.map((value, i) => point(i, value));

function push(pipeline: Pipeline, from: number, to: number): readonly Sighting[] {
  return pipeline.pushEvents(events.slice(from, to)).sightings;
}

/** The course as the store would put it together. */
function courseOf(sightings: readonly Sighting[]) {
  const [opened] = openings(sightings);
  if (opened === undefined) throw new Error('nothing opened');
  return sightings.reduce(
    (course, one) =>
      one.kind === 'repeated' && one.opening === opened.id ? goOn(course, one.course) : course,
    opened.course,
  );
}

describe('the course of a series', () => {
  it('is its points before the opening and after it, with what was usual', () => {
    const pipeline = pipelineOf();
    const seen = [...push(pipeline, 0, LATER + 3), ...push(pipeline, LATER + 3, events.length)];
    const [opened] = openings(seen);
    const course = courseOf(seen);
    const opening = course.findIndex(({ time }) => time === opened?.timestamp);
    expect(opening).toBe(COURSE_BEFORE - 1);
    expect(course).toHaveLength(COURSE_BEFORE + COURSE_AFTER);
    for (const [i, { time, value, expected }] of course.entries()) {
      const at = Math.round((time - T0) / MINUTE);
      expect(value).toBeCloseTo(values[at] ?? Number.NaN, 4);
      expect(time).toBe(T0 + at * MINUTE);
      const [low, high] = expected ?? [0, 0];
      if (at < LATER) expect(low < value && value < high).toBe(true);
      if (i === opening) expect(value).toBeGreaterThan(high);
    }
    expect(opened).toMatchObject({ worst: opened?.metricValue, mutedUntil: null });
  });

  it('is the same after a restore in the middle of it', () => {
    const whole = pipelineOf();
    const expected = courseOf(push(whole, 0, events.length));
    for (const cut of [LATER - 5, LATER + 8]) {
      const before = pipelineOf();
      const seen = push(before, 0, cut);
      const memory = new Map(
        [...before.changes()].flatMap(([k, v]) => (v === null ? [] : [[k, v] as const])),
      );
      const after = pipelineOf();
      after.restore(memory);
      expect(courseOf([...seen, ...push(after, cut, events.length)])).toEqual(expected);
    }
  });

  it('of an exception is how often it came, bucket by bucket', () => {
    const pipeline = pipelineOf({ bucketSeconds: 10 });
    const error = (second: number) =>
      JSON.stringify({
        level: 50,
        time: T0 + second * 1000,
        msg: 'x',
        err: { type: 'E', stack: 'E: x\n    at f (/a/f.js:1:2)' },
      });
    const lines = [1, 2, 3, 14, 15, 400].map(error);
    const seen = [
      ...pushLines(pipeline, lines.slice(0, 2)),
      ...pushLines(pipeline, lines.slice(2), { from: 2 }),
    ];
    expect(courseOf(seen)).toEqual([
      { time: T0, value: 3, expected: null },
      { time: T0 + 10_000, value: 2, expected: null },
    ]);
  });

  it('of a count holds what lies close by, and says how much is ordinary', () => {
    const pipeline = pipelineOf({ bucketSeconds: 10 });
    const lines = Array.from({ length: 12 * 40 }, (_, i) =>
      requestLine(T0 + i * 1000, '/a', 5, i >= 12 * 30 && i % 3 === 0 ? 500 : 200),
    );
    const [opened] = openings(pushLines(pipeline, lines));
    expect(opened?.metricName).toBe('status 5xx');
    const last = opened?.course.at(-1);
    expect(last?.value).toBeGreaterThan(last?.expected?.[1] ?? Number.POSITIVE_INFINITY);
    expect(last?.expected?.[0]).toBe(0);
  });
});

describe('recent points', () => {
  it('are the last sixty, in order, whatever the gaps; what is no number is none', () => {
    const recent = new RecentPoints();
    for (let i = 0; i < 100; i += 1) {
      recent.push(T0 + i * i * 1000, i);
      recent.push(T0, Number.NaN);
    }
    const points = recent.points();
    expect(points.map(({ value }) => value)).toEqual(Array.from({ length: 60 }, (_, i) => i + 40));
    expect(points.map(({ time }) => time)).toEqual(
      Array.from({ length: 60 }, (_, i) => T0 + (i + 40) ** 2 * 1000),
    );
    expect(recent.usualGap()).toBeCloseTo(((99 ** 2 - 40 ** 2) * 1000) / 59, 3);
  });
});

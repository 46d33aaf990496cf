import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../src/domain/sighting.ts';
import type { Pipeline } from '../../../src/pipeline/pipeline.ts';
import { openings, pipelineOf, pushLines, sequence, T0 } from '../../support/log-lines.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function line(time: number, level = 'info'): string {
  return JSON.stringify({ time, level, msg: 'tick' });
}

/** Lines at these times, as they were written; a second later all were read. */
function spoken(pipeline: Pipeline, times: readonly number[], level = 'info'): readonly Sighting[] {
  const receivedAt = (times.at(-1) ?? T0) + 1000;
  return pushLines(
    pipeline,
    times.map((time) => line(time, level)),
    { receivedAt },
  );
}

function every(ms: number, from: number, to: number): readonly number[] {
  return Array.from({ length: Math.floor((to - from) / ms) }, (_, i) => from + i * ms);
}

/** A daemon that says every second what time it is. */
function waitFor(pipeline: Pipeline, from: number, ms: number): readonly Sighting[] {
  return every(1000, from, from + ms).flatMap((now) => pipeline.advance(now).sightings);
}

describe('silence of a source', () => {
  it('is told while it lasts, once, with what is usual', () => {
    const pipeline = pipelineOf();
    const end = T0 + 2 * HOUR;
    expect(spoken(pipeline, every(10_000, T0, end))).toEqual([]);
    const [silent, ...others] = openings(waitFor(pipeline, end, HOUR));
    expect(others).toEqual([]);
    expect(silent).toMatchObject({
      fingerprint: 'silence:app',
      kind: 'log',
      detectionAlgorithms: ['silence'],
      readings: [{ evidence: { kind: 'silence', usualGapMs: 10_000 } }],
    });
    expect(silent?.title).toMatch(/^Nothing from app for .* min.* \(usually every 10 s\)$/);
    expect((silent?.timestamp ?? 0) - end).toBeLessThan(10 * 60_000);
  });

  it('is told again when the source had spoken in between', () => {
    const pipeline = pipelineOf();
    spoken(pipeline, every(10_000, T0, T0 + 3 * HOUR));
    expect(openings(waitFor(pipeline, T0 + 3 * HOUR, HOUR))).toHaveLength(1);
    expect(openings(spoken(pipeline, every(10_000, T0 + 4 * HOUR, T0 + 9 * HOUR)))).toEqual([]);
    expect(openings(waitFor(pipeline, T0 + 9 * HOUR, HOUR))).toHaveLength(1);
  });

  it('in a recording is told when the source speaks again', () => {
    const pipeline = pipelineOf();
    const times = [...every(10_000, T0, T0 + 2 * HOUR), ...every(10_000, T0 + 2.75 * HOUR, T0 + 4 * HOUR)];
    const found = openings(
      pushLines(
        pipeline,
        times.map((time) => line(time)),
      ),
    );
    expect(found).toMatchObject([{ timestamp: T0 + 2.75 * HOUR, detectionAlgorithms: ['silence'] }]);
  });

  it('is not what comes after the end of a recording', () => {
    const pipeline = pipelineOf();
    pushLines(
      pipeline,
      every(10_000, T0, T0 + 2 * HOUR).map((time) => line(time)),
    );
    expect(pipeline.advance(T0 + DAY).sightings).toEqual([]);
  });

  it('is not told of a time in which nobody watched, however long', () => {
    const pipeline = pipelineOf();
    const end = T0 + 2 * HOUR;
    spoken(pipeline, every(10_000, T0, end));
    const memory = new Map(
      [...pipeline.changes()].flatMap(([part, of]) => (of === null ? [] : [[part, of]])),
    );
    const after = pipelineOf();
    after.restore(memory);
    expect(waitFor(after, end + 8 * HOUR, 60_000)).toEqual([]);
    expect(spoken(after, every(10_000, end + 8 * HOUR + 60_000, end + 9 * HOUR))).toEqual([]);
    // From then on it is missed as before.
    expect(openings(waitFor(after, end + 9 * HOUR, HOUR))).toHaveLength(1);
  });

  it('goes on where it was after a restart, in the middle of a silence', () => {
    const pipeline = pipelineOf();
    const end = T0 + 2 * HOUR;
    spoken(pipeline, every(10_000, T0, end));
    expect(openings(waitFor(pipeline, end, HOUR))).toHaveLength(1);
    const after = pipelineOf();
    after.restore(
      new Map([...pipeline.changes()].flatMap(([part, of]) => (of === null ? [] : [[part, of]]))),
    );
    expect(waitFor(after, end + HOUR, HOUR)).toEqual([]);
  });

  it('is no news of a source that speaks of nothing but errors', () => {
    const pipeline = pipelineOf();
    const end = T0 + 2 * HOUR;
    spoken(pipeline, every(10_000, T0, end), 'error');
    expect(
      openings(waitFor(pipeline, end, HOUR)).filter(({ fingerprint }) => fingerprint.startsWith('silence')),
    ).toEqual([]);
  });

  it('is usual at night, once nights were seen, and strange by day', () => {
    const pipeline = pipelineOf();
    const random = sequence(5);
    const times: number[] = [];
    // Busy from eight to eighteen o'clock, silent otherwise.
    for (let time = T0 - 4 * HOUR; time < T0 + 9 * DAY; time += -8000 * Math.log(random() + 1e-12)) {
      const hour = new Date(time).getUTCHours();
      if (hour >= 8 && hour < 18) times.push(time);
    }
    const last = times.at(-1) ?? 0;
    expect(
      openings(
        pushLines(
          pipeline,
          times.map((time) => line(Math.round(time))),
          { receivedAt: last },
        ),
      ),
    ).toEqual([]);
    expect(new Date(last).getUTCHours()).toBe(11);
    const [silent] = openings(waitFor(pipeline, last, HOUR));
    expect(silent?.detectionAlgorithms).toEqual(['silence']);
  });
});

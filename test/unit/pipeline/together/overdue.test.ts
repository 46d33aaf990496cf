import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../../../../src/domain/event.ts';
import type { Pipeline } from '../../../../src/pipeline/pipeline.ts';
import { openings, pipelineOf, T0 } from '../../../support/log-lines.ts';
import { gaussian } from '../../../support/series.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;
const NAMES = ['cpu', 'memory', 'disk'];

const noise = gaussian(3);

function point(metricName: string, minute: number): EventRecord {
  const data = { metricName, value: 50 + noise() };
  return { type: 'metric', timestamp: T0 + minute * MINUTE, metadata: {}, data };
}

/** A point a minute of each metric that still comes. */
function report(pipeline: Pipeline, from: number, to: number, comes: (name: string) => boolean = () => true) {
  const records: EventRecord[] = [];
  for (let minute = from; minute < to; minute += 1) {
    for (const name of NAMES) if (comes(name)) records.push(point(name, minute));
  }
  const offsets = records.map((_, i) => from * 10 + i);
  const at = { stream: 's', marks: null, receivedAt: T0 + to * MINUTE };
  return openings(pipeline.push({ ...at, records, offsets }).sightings).filter(({ fingerprint }) =>
    fingerprint.startsWith('missing:'),
  );
}

describe('a metric that no longer comes', () => {
  it('is told once, by name, when its source goes on without it', () => {
    const pipeline = pipelineOf();
    expect(report(pipeline, 0, 2 * DAY)).toEqual([]);
    const told = report(pipeline, 2 * DAY, 2 * DAY + 120, (name) => name !== 'disk');
    expect(told.map(({ title }) => title)).toEqual([
      'No longer reported for 21 min, usually every 1 min: disk',
    ]);
    expect(report(pipeline, 2 * DAY + 120, 3 * DAY, (name) => name !== 'disk')).toEqual([]);
  });

  it('is not told while the source is silent, nor when it comes back', () => {
    const pipeline = pipelineOf();
    report(pipeline, 0, 2 * DAY);
    expect(report(pipeline, 3 * DAY, 4 * DAY)).toEqual([]);
  });

  it('is one anomaly of many metrics', () => {
    const pipeline = pipelineOf();
    report(pipeline, 0, 2 * DAY);
    const [told] = report(pipeline, 2 * DAY, 2 * DAY + 60, (name) => name === 'cpu');
    expect(told?.title).toContain('memory, disk (2 of 3 metrics)');
  });

  it('is not told where metrics come and go each day', () => {
    const pipeline = pipelineOf();
    for (let day = 0; day < 5; day += 1) {
      const isThere = (name: string) => name !== 'disk';
      const told = [
        ...report(pipeline, day * DAY, day * DAY + 900),
        ...report(pipeline, day * DAY + 900, (day + 1) * DAY, isThere),
      ];
      expect(told).toHaveLength(0);
    }
  });

  it('goes on where it stopped after a restart', () => {
    const whole = pipelineOf();
    const first = pipelineOf();
    for (const pipeline of [whole, first]) report(pipeline, 0, 2 * DAY);
    const restored = pipelineOf();
    restored.restore(first.changes() as ReadonlyMap<string, Uint8Array>);
    const goOn = (pipeline: Pipeline) => report(pipeline, 2 * DAY, 2 * DAY + 60, (name) => name !== 'memory');
    expect(goOn(restored).map(({ title }) => title)).toEqual(goOn(whole).map(({ title }) => title));
  });
});

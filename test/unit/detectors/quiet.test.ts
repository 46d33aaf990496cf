import { describe, expect, it } from 'vitest';
import type { Count } from '../../../src/detectors/detector.ts';
import { pointDetectors, troubleDetectors } from '../../../src/detectors/registry.ts';
import { Track } from '../../../src/pipeline/gate.ts';
import { sequence, T0 } from '../../support/log-lines.ts';
import { gaussian, NORMAL } from '../../support/series.ts';

const BUCKET = 10_000;
const DAY = 8640;

const at = (bucket: number, value: number): Count => ({
  time: T0 + bucket * BUCKET,
  value,
  weight: 1,
  exposure: 1,
  bucketMs: BUCKET,
});

/** Buckets at which the gate says anomaly. */
function alarms(values: (bucket: number) => number, buckets: number, bucketMs = BUCKET): readonly number[] {
  const series = new Track(pointDetectors('both'));
  return Array.from({ length: buckets }, (_, bucket) => bucket).filter(
    (bucket) => series.judge(at(bucket, values(bucket)), bucketMs).isAnomaly,
  );
}

describe('one confidence over a numeric series', () => {
  it.each(Object.keys(NORMAL))('is quiet for three days of a %s series', (kind) => {
    const made = [1, 2, 3].flatMap((seed) => alarms(NORMAL[kind]?.(seed) ?? (() => Number.NaN), DAY));
    expect(made).toEqual([]);
  });

  it.each([
    [25, 1000],
    [25, BUCKET],
    [300, BUCKET],
    [5000, BUCKET],
  ])('notices a tenfold level after %i points of %i ms within five buckets', (learnt, bucketMs) => {
    const noise = gaussian(5);
    const found = alarms((bucket) => (5 + noise()) * (bucket < learnt ? 1 : 10), learnt + 10, bucketMs);
    expect(found[0]).toBeGreaterThanOrEqual(learnt);
    expect(found[0]).toBeLessThan(learnt + 5);
  });

  it('does not take one spike for an outage', () => {
    const noise = gaussian(6);
    expect(alarms((bucket) => (bucket === 900 ? 1e9 : 50 + noise()), 1000)).toEqual([]);
  });

  it('takes a new level for normal after a while, and the old one back too', () => {
    const noise = gaussian(7);
    const found = alarms((bucket) => noise() + (bucket < 500 ? 10 : 100), 3000);
    expect(found.length).toBeGreaterThan(5);
    expect(found.at(-1)).toBeLessThan(900);
  });

  it('lets no number out of range through', () => {
    expect(alarms((bucket) => [Number.NaN, Number.POSITIVE_INFINITY, 5][bucket % 3] ?? 0, 600)).toEqual([]);
  });
});

describe('one confidence over a count', () => {
  const alarmsOf = (counts: (bucket: number) => number, buckets: number, exposure = 1) => {
    const series = new Track(troubleDetectors());
    return Array.from({ length: buckets }, (_, bucket) => bucket).filter(
      (bucket) => series.judge({ ...at(bucket, counts(bucket)), exposure }, BUCKET).isAnomaly,
    );
  };

  it('notices failures where there never were any', () => {
    const found = alarmsOf((bucket) => (bucket < 30 ? 0 : 4), 40);
    expect(found[0]).toBeGreaterThanOrEqual(30);
    expect(found[0]).toBeLessThan(36);
  });

  it('is quiet when failures are rare but usual, single bursts included', () => {
    const random = sequence(8);
    const counts = () => (random() < 0.005 ? 12 : random() < 0.3 ? 1 + Math.floor(random() * 2) : 0);
    expect(alarmsOf(counts, 3 * DAY)).toEqual([]);
  });

  it('expects more failures of more traffic', () => {
    const counts = (bucket: number) => (bucket < 200 ? bucket % 3 : 6);
    expect(alarmsOf(counts, 210, 1).length).toBeGreaterThan(0);
    expect(alarmsOf(counts, 210, 8)).toEqual([]);
  });
});

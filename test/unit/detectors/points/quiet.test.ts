import { describe, expect, it } from 'vitest';
import type { Count } from '../../../../src/detectors/detector.ts';
import { pointDetectors, troubleDetector } from '../../../../src/detectors/registry.ts';
import { CountTrack } from '../../../../src/pipeline/series/counts/count-track.ts';
import { PointTrack } from '../../../../src/pipeline/series/points/point-track.ts';
import { sequence, T0 } from '../../../support/log-lines.ts';
import { gaussian, NORMAL } from '../../../support/series.ts';

const BUCKET = 10_000;
const DAY = 8640;

const at = (bucket: number, value: number, every = BUCKET): Count => ({
  time: T0 + bucket * every,
  value,
  weight: 1,
  exposure: 1,
  bucketMs: every,
});

/** Buckets at which the gate says anomaly. */
function alarms(values: (bucket: number) => number, buckets: number, every = BUCKET): readonly number[] {
  const series = new PointTrack(pointDetectors('both'));
  return Array.from({ length: buckets }, (_, bucket) => bucket).filter(
    (bucket) => series.judge(at(bucket, values(bucket), every), 'noteworthy').isAnomaly,
  );
}

describe('one confidence over a numeric series', () => {
  it.each(Object.keys(NORMAL))('opens at most one episode in nine days of a %s series', (kind) => {
    const made = [1, 2, 3].flatMap((seed) => alarms(NORMAL[kind]?.(seed) ?? (() => Number.NaN), DAY));
    expect(made.length).toBeLessThanOrEqual(1);
  });

  it.each([80, 300, 5000])('notices a tenfold level after %i points within three', (learnt) => {
    const noise = gaussian(5);
    const found = alarms((bucket) => (5 + noise()) * (bucket < learnt ? 1 : 10), learnt + 10);
    expect(found[0]).toBeGreaterThanOrEqual(learnt);
    expect(found[0]).toBeLessThan(learnt + 3);
  });

  it('tells of a new level once, and of the way back', () => {
    const noise = gaussian(7);
    const found = alarms((bucket) => noise() + (bucket < 2000 || bucket >= 3500 ? 10 : 100), 4500);
    expect(found.filter((bucket) => bucket < 2100)).toEqual([2002]);
    expect(found.length).toBeLessThan(5);
  });

  it('notices a wider spread and a flat line', () => {
    const noise = gaussian(8);
    const wide = alarms((bucket) => 50 + noise() * (bucket < 5000 ? 1 : 4), 5200);
    const flat = alarms((bucket) => (bucket < 5000 ? 50 + noise() : 50), 5200);
    for (const found of [wide, flat]) expect(found[0]).toBeGreaterThanOrEqual(5000);
  });

  it.each([0, 1, -3, 4096, 1e12])(
    'says nothing of a series that is %d for ever, but for two spikes',
    (value) => {
      const isSpike = (bucket: number) => bucket === 100 || bucket === 9000;
      const found = alarms((bucket) => (isSpike(bucket) ? value + 7 : value), 5 * DAY);
      const isNear = (bucket: number) => [0, 1, 2, 3, 4, 5].some((after) => isSpike(bucket - after));
      expect(found.filter((bucket) => !isNear(bucket))).toEqual([]);
    },
  );

  it.each([0, 1, 0.1, 4096])('says nothing of a series that is always %d, at any interval', (value) => {
    for (const every of [BUCKET, 60_000, 300_000]) expect(alarms(() => value, 15_000, every)).toEqual([]);
  });

  it('lets no number out of range through', () => {
    expect(alarms((bucket) => [Number.NaN, Number.POSITIVE_INFINITY, 5][bucket % 3] ?? 0, 600)).toEqual([]);
  });
});

describe('one confidence over a count', () => {
  const alarmsOf = (counts: (bucket: number) => number, buckets: number, exposure = 1) => {
    const series = new CountTrack(troubleDetector());
    return Array.from({ length: buckets }, (_, bucket) => bucket).filter(
      (bucket) => series.judge({ ...at(bucket, counts(bucket)), exposure }, 'noteworthy').isAnomaly,
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

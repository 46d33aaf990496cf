import { describe, expect, it } from 'vitest';
import { ALONE, joined } from '../../../../../src/domain/companion.ts';
import type { EventRecord } from '../../../../../src/domain/event.ts';
import type { Sighting } from '../../../../../src/domain/sighting.ts';
import { type Episodes, episodes, type Occurrence } from '../../../../../src/pipeline/episodes/episodes.ts';
import type { Pipeline } from '../../../../../src/pipeline/pipeline.ts';
import { Companions } from '../../../../../src/pipeline/series/points/companions.ts';
import { openings, pipelineOf, T0 } from '../../../../support/log-lines.ts';
import { factsFor } from '../../../../support/nouns.ts';
import { gaussian } from '../../../../support/series.ts';

const MINUTE = 60_000;

function occurrence(fingerprint: string, minute: number, isAnomaly: boolean): Occurrence {
  const time = minute * MINUTE;
  const facts = () => factsFor(fingerprint, { firstSeen: time, lastSeen: time });
  const common = { fingerprint, time, isAnomaly, confidence: isAnomaly ? 0.998 : 0.9, facts };
  return { ...common, value: 9, gap: MINUTE, returns: false };
}

interface Law {
  readonly ongoing: Episodes;
  readonly companions: Companions;
  /** Whose episode it counts in; null for none. */
  readonly see: (name: string, minute: number, isAnomaly?: boolean) => string | null;
}

function law(): Law {
  const ongoing = episodes(15 * MINUTE);
  const companions = new Companions(ongoing);
  return {
    ongoing,
    companions,
    see: (name, minute, isAnomaly = true) => {
      const companion = { name, value: minute, expected: [0, 1] as const };
      return companions.observe(occurrence(name, minute, isAnomaly), companion)?.fingerprint ?? null;
    },
  };
}

/** What is said to be alongside each fingerprint. */
function told(sightings: readonly Sighting[]) {
  const byFingerprint = Map.groupBy(sightings, (one) =>
    one.kind === 'opened' ? one.facts.fingerprint : one.fingerprint,
  );
  return [...byFingerprint].map(([fingerprint, all]) => {
    const alongside = all
      .map((one) => (one.kind === 'opened' ? one.facts.alongside : one.alongside))
      .reduce(joined, ALONE);
    const counts = all.map((one) => (one.kind === 'opened' ? one.facts.occurrences : one.count));
    return {
      fingerprint,
      occurrences: counts.reduce((sum, count) => sum + count, 0),
      with: alongside.series.map(({ name }) => name),
      count: alongside.count,
    };
  });
}

describe('series that turn abnormal one after the other', () => {
  it('are one anomaly when they do within five minutes of the first', () => {
    const { see, ongoing } = law();
    expect([see('a', 0), see('b', 2), see('c', 5), see('d', 6), see('e', 7)]).toEqual([
      'a',
      'a',
      'a',
      'd',
      'd',
    ]);
    expect(told(ongoing.take())).toEqual([
      { fingerprint: 'a', occurrences: 3, with: ['b', 'c'], count: 2 },
      { fingerprint: 'd', occurrences: 2, with: ['e'], count: 1 },
    ]);
  });

  it('are two when the second comes an hour later, while the first still lasts', () => {
    const { see } = law();
    for (let minute = 0; minute <= 60; minute += 10) see('a', minute);
    expect(see('b', 60)).toBe('b');
  });

  it('go on with the first as long as its episode lasts, and by themselves afterwards', () => {
    const { see, companions } = law();
    see('a', 0);
    see('b', 1);
    const later = [see('b', 15, false), see('b', 30, false), see('b', 50, false), see('b', 51)];
    expect(later).toEqual(['a', 'a', 'a', 'a']);
    expect(companions.isAbnormal('b', 60 * MINUTE)).toBe(true);
    expect(companions.isAbnormal('b', 80 * MINUTE)).toBe(false);
    expect([see('b', 80, false), see('b', 81)]).toEqual([null, 'b']);
  });

  it('do not follow when they are only a little strange, nor out of an episode of their own', () => {
    const { see } = law();
    expect([see('b', 0), see('a', 10)]).toEqual(['b', 'a']);
    expect([see('c', 11, false), see('b', 12)]).toEqual([null, 'b']);
  });

  it('are named anew in the next episode', () => {
    const { see, ongoing } = law();
    see('a', 0);
    see('b', 1);
    ongoing.take();
    expect([see('a', 60), see('c', 61), see('b', 62)]).toEqual(['a', 'a', 'a']);
    expect(told(ongoing.take())).toEqual([{ fingerprint: 'a', occurrences: 3, with: ['c', 'b'], count: 2 }]);
  });

  it('leave how bad it was, and how often it comes, to the one that leads', () => {
    const { ongoing, companions, see } = law();
    see('a', 0);
    const far = { ...occurrence('b', 1, true), value: 1e6, gap: 60 * MINUTE };
    companions.observe(far, { name: 'b', value: 1e6, expected: [0, 1] });
    expect(ongoing.take()[0]).toMatchObject({ facts: { occurrences: 2, lastSeen: MINUTE, worst: 9 } });
    expect([see('a', 20), ongoing.isOpen('a', 41 * MINUTE)]).toEqual(['a', false]);
  });

  it('are the same after a restart', () => {
    const before = law();
    before.see('a', 0);
    before.see('b', 1);
    const after = law();
    after.ongoing.restore(before.ongoing.snapshot());
    after.companions.restore(before.companions.changes());
    expect(before.companions.changes().size).toBe(0);
    expect([after.see('b', 8, false), after.see('c', 4), after.see('d', 9)]).toEqual(['a', 'a', 'd']);
    expect(told(after.ongoing.take())[0]).toMatchObject({ with: ['c'], count: 2 });
  });
});

const NAMES = ['requests', 'network', 'connections', 'cpu', 'memory'];
const DAY = 1440;

/** A point a minute of each metric; from `surge` on for 20 minutes each is five times as high, one a minute after the other. */
function points(minutes: number, surge: number): readonly EventRecord[] {
  const noise = gaussian(5);
  const records: EventRecord[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    for (const [i, metricName] of NAMES.entries()) {
      const isHigh = minute >= surge + i && minute < surge + 20;
      const value = (50 + noise()) * (isHigh ? 5 : 1);
      const time = T0 + minute * MINUTE;
      records.push({ type: 'metric', timestamp: time, metadata: {}, data: { metricName, value } });
    }
  }
  return records;
}

function push(pipeline: Pipeline, records: readonly EventRecord[], from: number, to: number) {
  const part = records.slice(from, to);
  const offsets = part.map((_, i) => from + i);
  return pipeline.push({ stream: 's', records: part, offsets, marks: null, receivedAt: T0 }).sightings;
}

describe('a surge on a host of five metrics', () => {
  const surge = 2 * DAY;
  const records = points(surge + 60, surge);
  const whole = told(push(pipelineOf(), records, 0, records.length));

  it('is one anomaly that names the other four', () => {
    expect(whole).toMatchObject([
      {
        fingerprint: 'metric:app:requests',
        with: ['network', 'connections', 'cpu', 'memory'],
        count: 4,
      },
    ]);
  });

  it('says of them how high they were, and what is usual', () => {
    const [opened] = openings(push(pipelineOf(), records, 0, records.length));
    for (const { value, expected } of opened?.alongside.series ?? []) {
      expect(value).toBeGreaterThan(200);
      expect(expected?.[1]).toBeLessThan(100);
      expect(expected?.[0]).toBeLessThan(50);
    }
  });

  it.each([2, 7, 40])('is the same after a restart at its point %d, and in batches', (at) => {
    const cut = surge * NAMES.length + at;
    const before = pipelineOf();
    const seen = [...push(before, records, 0, cut)];
    const memory = new Map(
      [...before.changes()].flatMap(([part, bytes]) => (bytes === null ? [] : [[part, bytes] as const])),
    );
    const after = pipelineOf();
    after.restore(memory);
    for (let from = cut; from < records.length; from += 3) seen.push(...push(after, records, from, from + 3));
    expect(told(seen)).toEqual(whole);
  });

  it('is shown as alerting in all five', () => {
    const pipeline = pipelineOf();
    push(pipeline, records, 0, (surge + 10) * NAMES.length);
    const alerting = pipeline.training().filter(({ state }) => state === 'alerting');
    expect(alerting.map(({ name }) => name)).toEqual(NAMES);
  });

  it('has nothing to do with a surge of another source', () => {
    const one = pipelineOf();
    const another = pipelineOf({ source: 'other' });
    const seen: Sighting[] = [];
    for (let from = 0; from < records.length; from += 5) {
      seen.push(...push(one, records, from, from + 1));
      seen.push(...push(another, records, from + 1, from + 2));
    }
    expect(told(seen)).toMatchObject([
      { fingerprint: 'metric:app:requests', with: [] },
      { fingerprint: 'metric:other:network', with: [] },
    ]);
  });
});

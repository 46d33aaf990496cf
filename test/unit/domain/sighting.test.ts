import { describe, expect, it } from 'vitest';
import type { Anomaly, AnomalyFacts, AnomalyState } from '../../../src/domain/anomaly.ts';
import { ALONE, type Alongside } from '../../../src/domain/companion.ts';
import { record, type Sighting } from '../../../src/domain/sighting.ts';
import { AT, factsFor } from '../../support/nouns.ts';

const DISMISSED: AnomalyState = { status: 'false_positive', at: AT };

/** An anomaly of a metric whose usual range is 10 to 20. */
function metric(worst: number | null, changes: Partial<AnomalyFacts> = {}): AnomalyFacts {
  return factsFor('m', { metricValue: worst, worst, expectedRange: [10, 20], ...changes });
}

function known(worst: number | null, state: AnomalyState, changes: Partial<AnomalyFacts> = {}): Anomaly {
  return { ...metric(worst, changes), ...state };
}

const opening = (worst: number | null, changes: Partial<AnomalyFacts> = {}): Sighting => ({
  kind: 'opened',
  facts: metric(worst, { id: 'next', ...changes }),
});

function repeat(worse: AnomalyFacts | null, changes: Partial<Extract<Sighting, { kind: 'repeated' }>> = {}) {
  const counts = { count: 2, lastSeen: AT + 5, confidence: 0.999, course: [], alongside: ALONE };
  return {
    kind: 'repeated',
    fingerprint: 'm',
    opening: factsFor('m').id,
    worse,
    ...counts,
    ...changes,
  } as const;
}

describe('what was dismissed', () => {
  it.each([
    ['the same level', 30],
    ['a little worse', 34],
    ['the same distance on the other side', 0],
    ['an ordinary value', 15],
  ])('stays silent at %s, and counts', (_, value) => {
    const recorded = record(known(30, DISMISSED), opening(value), AT);
    expect(recorded).toMatchObject({ change: 'silent', anomaly: { occurrences: 2, worst: 30 } });
  });

  it.each([36, -10])('speaks again half as far out as before: %d where 30 was nothing', (value) => {
    expect(record(known(30, DISMISSED), opening(value), AT)).toMatchObject({
      change: 'opened',
      anomaly: { id: 'next', status: 'detected', worst: value, recurrenceOf: factsFor('m').id },
    });
  });

  it('speaks again in the middle of an episode that gets worse', () => {
    const worse = metric(80, { id: 'worse' });
    expect(record(known(30, DISMISSED), repeat(worse), AT)).toMatchObject({
      change: 'opened',
      anomaly: { id: 'worse' },
    });
    expect(record(known(30, DISMISSED), repeat(null), AT).change).toBe('silent');
  });

  it('names then who turned abnormal with it before', () => {
    const alongside: Alongside = { series: [{ name: 'cpu', value: 9, expected: null }], count: 1 };
    const worse = metric(80, { id: 'worse' });
    const recorded = record(known(30, DISMISSED, { alongside }), repeat(worse), AT);
    expect(recorded).toMatchObject({ change: 'opened', anomaly: { id: 'worse', alongside } });
  });

  it('needs twice the count where there is no range', () => {
    const many = { expectedRange: null };
    expect(record(known(30, DISMISSED, many), opening(59, many), AT).change).toBe('silent');
    expect(record(known(30, DISMISSED, many), opening(60, many), AT).change).toBe('opened');
  });

  it('never speaks again where it has no size: an exception, a message', () => {
    expect(record(known(null, DISMISSED), opening(null), AT).change).toBe('silent');
    expect(record(known(null, DISMISSED), opening(1e9), AT).change).toBe('silent');
  });

  it('counts half the range where it was strange in another way, within it', () => {
    expect(record(known(15, DISMISSED), opening(27), AT).change).toBe('silent');
    expect(record(known(15, DISMISSED), opening(28), AT).change).toBe('opened');
  });
});

describe('what is muted', () => {
  const until = (at: number | null) => ({ mutedUntil: at });

  it('joins in silence while it lasts, and aloud afterwards', () => {
    const muted = known(30, { status: 'detected' }, until(AT + 10));
    expect(record(muted, opening(30), AT + 9).change).toBe('silent');
    expect(record(muted, opening(30), AT + 10).change).toBe('joined');
  });

  it('speaks up when it is clearly worse, and is muted no longer', () => {
    const muted = known(30, { status: 'detected' }, until(AT + 10));
    expect(record(muted, repeat(metric(40)), AT)).toMatchObject({ change: 'silent' });
    expect(record(muted, repeat(metric(40, { id: 'worse' })), AT)).toMatchObject({
      change: 'returned',
      anomaly: { worst: 40, mutedUntil: null, occurrences: 3 },
    });
  });

  it('stays silent after it was resolved, too', () => {
    const resolved: AnomalyState = { status: 'resolved', at: AT };
    expect(record(known(30, resolved, until(AT + 10)), opening(30), AT).change).toBe('silent');
    expect(record(known(30, resolved, until(AT + 10)), opening(40), AT).change).toBe('opened');
    expect(record(known(30, resolved, until(null)), opening(30), AT).change).toBe('opened');
  });
});

describe('what is open', () => {
  it('is told again when it comes back after a quiet day', () => {
    const open = known(30, { status: 'detected' });
    const after = (ms: number) => record(open, opening(30, { firstSeen: AT + ms }), AT).change;
    expect([after(86_399_999), after(86_400_000)]).toEqual(['joined', 'returned']);
  });

  it('remembers the worst so far', () => {
    const open = known(30, { status: 'detected' });
    expect(record(open, repeat(metric(50, { id: 'worse' })), AT).anomaly?.worst).toBe(50);
    expect(record(open, opening(25), AT).anomaly?.worst).toBe(30);
    expect(record(open, opening(-5), AT).anomaly?.worst).toBe(-5);
  });

  it('takes the course of its own episode only', () => {
    const open = known(30, { status: 'detected' }, { course: [{ time: 1, value: 1, expected: null }] });
    const course = [{ time: 2, value: 2, expected: null }] as const;
    expect(record(open, repeat(null, { course }), AT).anomaly?.course).toHaveLength(2);
    expect(record(open, repeat(null, { course, opening: 'another' }), AT).anomaly?.course).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { exception } from '../../../../src/detectors/logs/exception.ts';
import { newTemplate } from '../../../../src/detectors/logs/new-template.ts';
import { classify } from '../../../../src/domain/detection.ts';
import type { Level } from '../../../../src/domain/event.ts';
import { T0 } from '../../../support/log-lines.ts';

const HOUR = 3_600_000;
const message = (time: number, level: Level | null, fresh: boolean) => ({
  time: T0 + time,
  level,
  fresh,
  template: 't',
});

function learnt(count: number, over: number) {
  const detector = newTemplate();
  for (let i = 0; i < count; i += 1) detector.learn(message((i * over) / count, 'info', i < 10));
  return detector;
}

const noteworthy = (score: number | undefined) => classify(score ?? 0);

describe('new-template', () => {
  it('finds a new error noteworthy in a young source, a new ordinary message not', () => {
    const detector = learnt(50, HOUR);
    expect(noteworthy(detector.score(message(HOUR, 'error', true))?.score)).toBe(true);
    expect(noteworthy(detector.score(message(HOUR, 'warn', true))?.score)).toBe(false);
    expect(noteworthy(detector.score(message(HOUR, 'info', true))?.score)).toBe(false);
    expect(detector.score(message(HOUR, 'error', false))).toBeNull();
  });

  it('finds any new message noteworthy after days in which nothing was new', () => {
    const days = 48 * HOUR;
    expect(noteworthy(learnt(30_000, days).score(message(days, 'info', true))?.score)).toBe(true);
    expect(noteworthy(learnt(300, days).score(message(days, 'info', true))?.score)).toBe(false);
    expect(noteworthy(learnt(30_000, HOUR).score(message(HOUR, 'info', true))?.score)).toBe(false);
  });

  it('stops finding new errors noteworthy where they are a habit, and starts again when they were rare for long', () => {
    const detector = learnt(50, HOUR);
    const found: boolean[] = [];
    for (let i = 0; i < 40; i += 1) {
      const next = message(HOUR + i * 60_000, 'error', true);
      found.push(noteworthy(detector.score(next)?.score));
      detector.learn(next);
    }
    expect(found[0]).toBe(true);
    expect(found.filter(Boolean).length).toBeLessThanOrEqual(3);
    for (let i = 0; i < 60_000; i += 1) detector.learn(message(2 * HOUR + i * 1000, 'info', false));
    expect(noteworthy(detector.score(message(24 * HOUR, 'error', true))?.score)).toBe(true);
  });
});

describe('exception', () => {
  const fresh = { fresh: true, errorType: 'TypeError', where: 'src/a.js f' };

  it('finds an error never seen noteworthy at once, and one that was seen not', () => {
    const detector = exception();
    expect(detector.score(fresh)).toMatchObject({ evidence: { kind: 'new_error', errorType: 'TypeError' } });
    expect(noteworthy(detector.score(fresh)?.score)).toBe(true);
    expect(detector.score({ ...fresh, fresh: false })).toBeNull();
  });

  it('lets a source that throws something new all the time have its way', () => {
    const detector = exception();
    let found = 0;
    for (let i = 0; i < 500; i += 1) {
      if (noteworthy(detector.score(fresh)?.score)) found += 1;
      detector.learn(fresh);
    }
    expect(found).toBeGreaterThan(20);
    expect(found).toBeLessThan(100);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Level } from '../../src/domain/event.ts';
import { Miner } from '../../src/pipeline/messages/miner.ts';
import { standing, templateText } from '../../src/pipeline/messages/template.ts';

/** Messages of few words, so that many are alike; some of anything at all. */
const phrase = fc
  .array(fc.constantFrom('a', 'b', 'c', 'up', 'down', '7', 'x1', '/p/q', '"q r"', '->', 'for user', '1 KB'), {
    maxLength: 7,
  })
  .map((words) => words.join(' '));
const anyMessage = fc.oneof(
  { weight: 9, arbitrary: phrase },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);
const anyLevel = fc.constantFrom<Level | null>(null, 'info', 'error');
const anyLog = fc.array(fc.tuple(anyMessage, anyLevel), { minLength: 1, maxLength: 120 });

function idsOf(mine: Miner, log: readonly (readonly [string, Level | null])[]): readonly string[] {
  return log.map(([message, level]) => {
    const { template, fresh } = mine.mine(message, level);
    return `${template.id} ${fresh}`;
  });
}

describe('message templates, whatever comes', () => {
  it('are the same with and without what is remembered, and after a restart anywhere', () => {
    fc.assert(
      fc.property(anyLog, fc.nat(), (log, cut) => {
        const whole = new Miner();
        const expected = idsOf(whole, log);
        const at = cut % log.length;
        const before = new Miner();
        const first = idsOf(before, log.slice(0, at));
        const twin = new Miner();
        twin.restore(structuredClone(before.snapshot()));
        expect([...first, ...idsOf(twin, log.slice(at))]).toEqual(expected);
        expect(twin.snapshot()).toEqual(whole.snapshot());
        expect(twin.size).toBe(whole.size);
      }),
      { numRuns: 300 },
    );
  });

  it('keep a message where it is: once seen it is no news, and those with it stay with it', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const mine = new Miner();
        const place = () =>
          log.map(([message, level]) => standing(mine.templates(), mine.mine(message, level).template).index);
        place();
        const settled = place();
        expect(place()).toEqual(settled);
        expect(log.every(([message, level]) => !mine.mine(message, level).fresh)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('have ids of their own, and texts for people', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const mine = new Miner();
        for (const [message, level] of log) mine.mine(message, level);
        const all = mine.templates();
        expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
        expect(all.filter(({ into }) => into === null)).toHaveLength(mine.size);
        for (const template of all) expect(templateText(template)).not.toContain('<?>');
      }),
      { numRuns: 300 },
    );
  });
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileTemplates, readPatterns } from '../../../../src/adapters/templates/templates.ts';
import { matchPatterns } from '../../../../src/diagnosis/patterns.ts';
import { redact } from '../../../../src/domain/redact.ts';
import { anomalyAs, factsFor } from '../../../support/nouns.ts';

const FOLDER = join(import.meta.dirname, '../../../../templates');
const patterns = await readPatterns(FOLDER);

const matched = (text: string) => {
  const sample = { ...factsFor('x').sample, text: redact(text), trace: null };
  return matchPatterns(
    { ...anomalyAs({ status: 'detected' }), ...factsFor('x', { kind: 'log', title: redact(text), sample }) },
    patterns,
  );
};

describe('the library of known failures', () => {
  it('has at least twenty, with ids of their own', () => {
    expect(patterns.length).toBeGreaterThanOrEqual(20);
    expect(new Set(patterns.map(({ id }) => id)).size).toBe(patterns.length);
  });

  it.each(patterns.map((pattern) => [pattern.id, pattern] as const))(
    '%s knows its example, and not its counter-example',
    (id, pattern) => {
      expect(matched(pattern.example)[0]?.id).toBe(id);
      expect(matched(pattern.counter_example).map((one) => one.id)).not.toContain(id);
    },
  );

  it.each(patterns.map((pattern) => [pattern.id, pattern] as const))(
    '%s cannot be made slow',
    (_, { match, unless }) => {
      for (const expression of [...match, ...unless]) {
        expect(expression, 'repetition of a group that repeats').not.toMatch(/[+*}][^()]*\)[+*{]/);
        expect(expression, 'unbounded repetition').not.toMatch(/(?<!\\)\.[*+]/);
        expect(expression, 'what RE2 does not know').not.toMatch(/\(\?[=!<]|\\[1-9]/);
      }
    },
  );

  it.each([
    "TypeError: Cannot read properties of undefined (reading 'rateLimit')",
    'request took 429 ms',
    'order 429 was refused by the customer',
    'user opened the connection page',
  ])('takes "%s" for nothing outside of the code', (text) => {
    expect(matched(text).filter(({ verdict }) => verdict === 'no_code_cause')).toEqual([]);
  });

  it('reads texts by name', async () => {
    expect(await fileTemplates(FOLDER).text('brief.md')).toContain('# The fault');
  });
});

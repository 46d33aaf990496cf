import { join } from 'node:path';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { readPatterns } from '../../../src/adapters/templates/templates.ts';
import { matchPatterns } from '../../../src/diagnosis/patterns.ts';
import { anomalyTelling } from '../../support/telling.ts';

const patterns = await readPatterns(join(import.meta.dirname, '../../../templates'));
const named = patterns.map((pattern) => [pattern.id, pattern] as const);
const expressions = named.flatMap(([id, { match, unless, code }]) =>
  [...match, ...unless, ...(code === undefined ? [] : [code])].map((expression) => [id, expression] as const),
);
const recognised = (text: string, code = '') =>
  matchPatterns(anomalyTelling(text), patterns, code).map(({ id }) => id);

describe('the library of known failures', () => {
  it('knows at least sixty that have no cause in code, each with an id of its own', () => {
    expect(patterns.filter(({ verdict }) => verdict === 'no_code_cause').length).toBeGreaterThanOrEqual(60);
    expect(new Set(patterns.map(({ id }) => id)).size).toBe(patterns.length);
  });

  it.each(named)('%s comes first for each of its examples', (id, { examples }) => {
    expect(examples.map(({ said, code }) => recognised(said, code)[0])).toEqual(examples.map(() => id));
  });

  it.each(named)('%s is not seen in its counter-examples', (id, pattern) => {
    for (const { said, code } of pattern.counter_examples) {
      expect(recognised(said, code), said).not.toContain(id);
    }
  });

  it.each(expressions)('%s repeats nothing without bound', (_, expression) => {
    const bare = expression.replaceAll(/\\.|\[(?:\\.|[^\]])+\]/g, 'x');
    expect(bare, 'unbounded repetition').not.toMatch(/[*+]|\{\d+,\}/);
    expect(bare, 'a repeated group').not.toMatch(/\)\{/);
    expect(bare, 'look-around').not.toMatch(/\(\?[=!<]/);
    expect(expression, 'a back-reference').not.toMatch(/\\[1-9k]/);
    expect(() => RE2JS.compile(expression), 'RE2 runs it in linear time').not.toThrow();
  });

  it.each(expressions)('%s tries few ways from one place', (_, expression) => {
    for (const way of expression.split('|')) {
      const bounds = [...way.matchAll(/\{\d+,(\d+)\}/g)].map(([, most]) => Number(most));
      expect(
        bounds.reduce((product, most) => product * (most + 1), 1),
        way,
      ).toBeLessThanOrEqual(50_000);
    }
  });

  it.each([
    'a',
    ' ',
    '"',
    '(',
    'Error: ',
    'connect ',
    'x: "',
    'topic at on error ',
    '1/1 ',
    'dial tcp ',
    'ConnectionError a.b ',
  ])('ends on a long line of %j', (piece) => {
    expect(recognised(`Error: ${piece.repeat(20_000 / piece.length)}!`)).toEqual([]);
  });
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readPatterns } from '../../../../src/adapters/templates/templates.ts';
import { matchPatterns } from '../../../../src/diagnosis/patterns.ts';
import { anomalyTelling } from '../../../support/telling.ts';

const corpus = z.record(z.string(), z.array(z.string()));
const patterns = await readPatterns(join(import.meta.dirname, '../../../../templates'));
const messagesOf = async (name: string) =>
  corpus.parse(parse(await readFile(join(import.meta.dirname, name), 'utf8')));
const outside = await messagesOf('outside.yaml');
const code = await messagesOf('code.yaml');

const isOutside = (text: string): boolean =>
  matchPatterns(anomalyTelling(text), patterns)[0]?.verdict === 'no_code_cause';
const share = (some: readonly string[], of: readonly string[]): number => some.length / of.length;

describe('messages that are no examples of the library', () => {
  it('of outside failures are recognised, nine of ten', () => {
    const all = Object.values(outside).flat();
    const examples = new Set(patterns.flatMap(({ examples }) => examples.map(({ said }) => said)));
    expect(all.filter((text) => examples.has(text.trim()))).toEqual([]);
    expect(all.length).toBeGreaterThanOrEqual(60);
    const missed = all.filter((text) => !isOutside(text));
    expect(1 - share(missed, all), missed.join('\n')).toBeGreaterThanOrEqual(0.9);
  });

  it('of failures of code in six languages are taken for outside ones at most two of a hundred times', () => {
    for (const language of ['javascript', 'typescript', 'python', 'go', 'java', 'ruby']) {
      expect(code[language]?.length, language).toBeGreaterThanOrEqual(20);
    }
    const all = Object.values(code).flat();
    expect(all.length).toBeGreaterThanOrEqual(120);
    const taken = all.filter(isOutside);
    expect(share(taken, all), taken.join('\n')).toBeLessThanOrEqual(0.02);
  });
});

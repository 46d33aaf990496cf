import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEFAULT_PROVIDERS, type Price } from '../../../../src/adapters/llm/options.ts';
import { costOf, mostOf } from '../../../../src/adapters/llm/price.ts';
import { redact } from '../../../../src/domain/redact.ts';

const PLAIN: Price = { inputPerMillion: 1, outputPerMillion: 10, peak: null };
const PEAK: Price = {
  ...PLAIN,
  peak: {
    factor: 2,
    hours: [
      [1, 4],
      [6, 10],
    ],
  },
};
const MONDAY = Date.UTC(2026, 0, 5);
const at = (hour: number, day = 0) => MONDAY + (day * 24 + hour) * 3_600_000;

it('counts tokens by the million', () => {
  expect(costOf(PLAIN, 1_000_000, 100_000, MONDAY)).toBe(2);
});

it.each([
  ['before the peak', at(0.99), 1],
  ['as it begins', at(1), 2],
  ['as it ends', at(4), 1],
  ['in the second', at(9.99), 2],
  ['on Friday', at(2, 4), 2],
  ['on Saturday', at(2, 5), 1],
  ['on Sunday', at(2, 6), 1],
])('is dearer on working days within the hours, %s', (_, time, factor) => {
  expect(costOf(PEAK, 1_000_000, 0, time)).toBe(factor);
});

it('sets aside at least what any call of two bytes a token costs, at any hour', () => {
  const anyCall = fc.record({
    prompt: fc.string({ unit: 'binary', maxLength: 200 }),
    output: fc.nat(1500),
    hour: fc.nat(7 * 24),
    price: fc.constantFrom(PLAIN, PEAK),
  });
  fc.assert(
    fc.property(anyCall, ({ prompt, output, hour, price }) => {
      const request = { system: 'Answer in JSON.', prompt: redact(prompt), maxOutputTokens: 1500 };
      const tokens = Math.floor(Buffer.byteLength(request.system + request.prompt) / 2);
      expect(mostOf(price, request)).toBeGreaterThanOrEqual(costOf(price, tokens, output, at(hour)));
    }),
  );
});

it('knows that DeepSeek doubles its price', () => {
  const [deepseek] = DEFAULT_PROVIDERS;
  expect(deepseek?.price?.peak?.factor).toBe(2);
});

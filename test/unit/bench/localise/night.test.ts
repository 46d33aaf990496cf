import { describe, expect, it } from 'vitest';
import { deviationOf, type Told } from '../../../../bench/localise/night.ts';

const same = (words: string, value: string): Told => ({ kind: 'compared', words, value });
const usual = [same('a', '1'), same('b', '2'), same('c', '3')];

describe('how a night went wrong', () => {
  it('is the first result that differs', () => {
    expect(deviationOf(usual, [same('a', '1'), same('b', '5'), same('c', '9')])).toEqual({
      kind: 'differs',
      before: 1,
      words: 'b',
      had: '2',
      now: '5',
    });
  });

  it('is a failure, after what was as it should be', () => {
    const failed: Told = { kind: 'failed', words: 'c', error: 'E: x', trace: 'at y' };
    expect(deviationOf(usual, [...usual.slice(0, 2), failed])).toEqual({ ...failed, before: 2 });
  });

  it('is not told of a night as always, of one that broke off without a word, or that went another way', () => {
    expect(deviationOf(usual, usual)).toBeNull();
    expect(deviationOf(usual, usual.slice(0, 1))).toBeNull();
    expect(deviationOf(usual, [same('b', '2')])).toBeNull();
  });
});

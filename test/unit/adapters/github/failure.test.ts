import { describe, expect, it } from 'vitest';
import { forgeError, isPassing, type Refusal, refusalOf } from '../../../../src/adapters/github/failure.ts';

const thrown = (status: number, headers: object = {}, data: object = {}) =>
  Object.assign(new Error('said GitHub'), { status, response: { headers, data } });
const refusal = (status: number, retryAfter: number | null = null): Refusal => ({
  status,
  message: 'said GitHub',
  retryAfter,
});
const NOW = 1_000;

describe('what GitHub refuses', () => {
  it('is read with its details', () => {
    const errors = [{ message: 'A pull request already exists for a:b.' }, 'and more'];
    expect(refusalOf(thrown(422, {}, { errors }), NOW)).toEqual({
      status: 422,
      message: 'said GitHub; A pull request already exists for a:b.; and more',
      retryAfter: null,
    });
  });

  it('is no answer at all when the connection broke', () => {
    const broken = Object.assign(new Error('fetch failed'), { status: 500 });
    expect(refusalOf(broken, NOW)).toMatchObject({ status: 0 });
  });

  it('is not read from a bug of ours', () => {
    expect(refusalOf(new TypeError('x is undefined'), NOW)).toBeNull();
    expect(refusalOf(null, NOW)).toBeNull();
  });

  it('says how long to wait', () => {
    expect(refusalOf(thrown(429, { 'retry-after': '7' }), NOW)?.retryAfter).toBe(7);
    const spent = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1060' };
    expect(refusalOf(thrown(403, spent), NOW)?.retryAfter).toBe(60);
    expect(refusalOf(thrown(403, { ...spent, 'x-ratelimit-remaining': '12' }), NOW)?.retryAfter).toBeNull();
  });

  it('passes or stays', () => {
    expect([0, 429, 500, 502, 503].filter((status) => !isPassing(refusal(status)))).toEqual([]);
    expect([401, 403, 404, 409, 422].filter((status) => isPassing(refusal(status)))).toEqual([]);
    expect(isPassing(refusal(403, 5))).toBe(true);
  });

  it.each([
    [refusal(0), 'no answer', 'network'],
    [refusal(401), 'token is not valid', 'GITHUB_TOKEN'],
    [refusal(403), 'may not do this', 'Pull requests'],
    [refusal(403, 600), 'rate limit', '10 min'],
    [refusal(404), 'does not exist', 'remote'],
    [refusal(422), '422', 'github.com/acme/shop'],
  ])('is explained with the next step: %j', (refused, why, next) => {
    const error = forgeError('it could not be done', refused, 'https://github.com/acme/shop');
    expect(error.code).toBe('forge_failed');
    expect(error.message).toMatch(/^it could not be done: /);
    expect(error.message).toContain(why);
    expect(error.hint).toContain(next);
  });
});

import { describe, expect, it } from 'vitest';
import { TooLate } from '../../../../src/adapters/llm/deadline.ts';
import { failureOf } from '../../../../src/adapters/llm/failure.ts';

const NOW = Date.UTC(2026, 0, 5, 12);
const answered = (status: number, retryAfter?: string) =>
  Object.assign(new Error('no'), {
    status,
    headers: new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
  });

describe('a failed call', () => {
  it.each([
    ['2', 2000],
    [new Date(NOW + 3000).toUTCString(), 3000],
    [new Date(NOW - 3000).toUTCString(), null],
    ['soon', null],
    ['0', null],
    [undefined, null],
  ])('with Retry-After %s asks to be left alone for %s ms', (told, waitMs) => {
    expect(failureOf(answered(429, told), NOW).waitMs).toBe(waitMs);
  });

  it.each([
    ['an answer with an error', answered(500), false],
    ['a connection that never stood', new Error('no', { cause: codeOf('ECONNREFUSED') }), false],
    [
      'a name that is not known',
      new Error('no', { cause: new Error('', { cause: codeOf('ENOTFOUND') }) }),
      false,
    ],
    ['a connection that broke', new Error('no', { cause: codeOf('ECONNRESET') }), true],
    ['a deadline', new TooLate('late'), true],
    ['a body that is no JSON', new SyntaxError('Unexpected end of JSON input'), true],
    ['no error at all', 'text', true],
  ])('may have been billed or not: %s', (_, error, billed) => {
    expect(failureOf(error, NOW).billed).toBe(billed);
  });

  it('never quotes what the server said', () => {
    const leaky = Object.assign(new Error('Incorrect API key provided: sk-123'), { status: 401 });
    expect(failureOf(leaky, NOW).why).toBe('refused the key (HTTP 401)');
  });
});

function codeOf(code: string): Error {
  return Object.assign(new Error(''), { code });
}

import { describe, expect, it } from 'vitest';
import { matchPatterns } from '../../../src/diagnosis/patterns.ts';
import type { Pattern } from '../../../src/ports/templates.ts';
import { anomalyTelling } from '../../support/telling.ts';

const pattern = (id: string, match: readonly string[], changes: Partial<Pattern> = {}): Pattern => ({
  id,
  title: id,
  match,
  unless: [],
  verdict: 'no_code_cause',
  cause: `${id} is down.`,
  next: `Start ${id}.`,
  ...changes,
});
const REFUSED = pattern('refused', ['connection refused']);
const REDIS = pattern('redis', ['connection refused', '6379']);
const NULL = pattern('null', ['NullPointerException'], { verdict: 'cause' });
const ids = (text: string, patterns: readonly Pattern[]) =>
  matchPatterns(anomalyTelling(text), patterns).map(({ id }) => id);

describe('matching patterns', () => {
  it('wants all conditions in one line, in any case of letters', () => {
    expect(ids('Connection REFUSED by cache:6379', [REDIS])).toEqual(['redis']);
    expect(ids('connection refused\nlistening on 6379', [REDIS])).toEqual([]);
  });

  it('wants none of the exceptions in that line', () => {
    const dry = pattern('refused', ['connection refused'], { unless: ['dry run'] });
    expect(ids('connection refused (dry run)', [dry])).toEqual([]);
    expect(ids('connection refused\nno dry run', [dry])).toEqual(['refused']);
  });

  it('puts the pattern of more conditions first', () => {
    expect(ids('connection refused: cache:6379', [REFUSED, REDIS])).toEqual(['redis', 'refused']);
  });

  it('puts the inner cause before what wraps it, however specific that is', () => {
    const wrapped = (outer: string, inner: string) =>
      `java.lang.RuntimeException: ${outer}\n\tat com.shop.A.f(A.java:3)\nCaused by: ${inner}\n\tat com.shop.B.g(B.java:4)`;
    const all = [NULL, REDIS, REFUSED];
    expect(ids(wrapped('connection refused: cache:6379', 'java.lang.NullPointerException: x'), all)[0]).toBe(
      'null',
    );
    expect(ids(wrapped('no rates', 'java.io.IOException: connection refused'), all)).toEqual(['refused']);
  });

  it('says which statement shows it', () => {
    const [known] = matchPatterns(anomalyTelling('ERROR no rates\nconnection refused: tax:80'), [REFUSED]);
    expect(known?.witness).toBe('connection refused: tax:80');
  });

  it('says nothing of a metric', () => {
    const metric = { ...anomalyTelling('connection refused'), kind: 'metric' as const };
    expect(matchPatterns(metric, [REFUSED])).toEqual([]);
  });
});

describe('an error of code is no witness of an outside cause', () => {
  it.each([
    'TypeError: the connection refused to close',
    'KeyError: "connection refused"',
    'client_test.go:31: got "connection refused", want nil',
    'strconv.Atoi: parsing "connection refused": invalid syntax',
    'AssertionError: expected "connection refused" to equal "ok"\n+ connection refused\n    at t (/app/a.js:1:1)',
    'Error: no\n    at connection refused (/app/src/a.js:3:1)',
    'Traceback (most recent call last):\n  File "/app/a.py", line 3, in f\n    fail("connection refused")\nOSError: no',
  ])('%j', (text) => {
    expect(ids(text, [REFUSED])).toEqual([]);
  });

  it("but Node's fetch tells network faults as a TypeError", () => {
    const fetched =
      'TypeError: fetch failed\n    at load (/app/a.js:1:1) {\n  [cause]: Error: connection refused\n}';
    expect(ids(fetched, [REFUSED])).toEqual(['refused']);
  });

  it('and may show a cause in code', () => {
    expect(ids('java.lang.NullPointerException: connection refused', [REFUSED, NULL])).toEqual(['null']);
  });
});

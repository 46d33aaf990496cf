import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { causesFirst, innermost, type StackTrace } from '../../../../src/domain/trace.ts';
import { failedTests } from '../../../../src/pipeline/reports/failures.ts';

const REPORTS = join(import.meta.dirname, '../../../support/fixtures/reports');
const linesOf = (name: string): readonly string[] =>
  readFileSync(join(REPORTS, `${name}.txt`), 'utf8').split('\n');
const placesIn = (trace: StackTrace): readonly string[] =>
  trace.frames
    .filter(({ inApp }) => inApp)
    .map(({ file, line }) => `${file.split('/').slice(-2).join('/')}:${line}`);

describe('failedTests', () => {
  it.each([
    ['pytest', 'TypeError', ['shop/cart.py:18', 'tests/test_cart.py:21']],
    ['pytest-short', 'TypeError', ['shop/cart.py:18', 'tests/test_cart.py:21']],
    ['pytest-line', 'AssertionError', ['tests/test_cart.py:17']],
    ['unittest', 'AssertionError', ['tests/test_unit.py:7']],
    ['jest', 'TypeError', ['src/cart.js:21', 'test/cart.jest.test.js:18']],
    ['vitest', 'TypeError', ['src/cart.ts:18', 'test/cart.test.ts:13']],
    ['mocha', 'TypeError', ['src/cart.js:21', 'test/cart.test.js:18']],
    ['node-tap', 'TypeError', ['src/cart.js:21', 'test/cart.node.test.js:18']],
    ['go-test', 'panic', ['cart/cart.go:30', 'cart/cart_test.go:31']],
    ['go-test-json', 'test failure', ['cart/cart_test.go:25']],
    ['rspec', 'NoMethodError', ['shop/cart.rb:19', 'spec/cart_spec.rb:15']],
    ['minitest', 'NoMethodError', ['shop/cart.rb:19', 'test/cart_test.rb:15']],
    ['junit-console', 'java.lang.NullPointerException', ['shop/Cart.java:21', 'shop/CartTest.java:29']],
  ])('reads the report of %s, what the code threw first', (name, errorType, places) => {
    const trace = failedTests(linesOf(name));
    expect(trace && innermost(trace)).toMatchObject({ errorType });
    expect(trace && placesIn(causesFirst(trace).find(({ frames }) => frames.length > 0) ?? trace)).toEqual(
      places,
    );
  });

  it.each([
    ['pytest', 2],
    ['jest', 3],
    ['vitest', 3],
    ['mocha', 3],
    ['rspec', 2],
  ])('holds all failures of %s', (name, count) => {
    expect(failedTests(linesOf(name))?.related).toHaveLength(count);
  });

  it('reads the log of a pipeline, whose lines begin with a time', () => {
    const stamped = linesOf('jest').map((line) => `2026-01-01T10:00:00.1234567Z ${line}`);
    expect(failedTests(stamped)).toEqual(failedTests(linesOf('jest')));
  });

  it('knows a trace without any test from a report', () => {
    const trace = 'TypeError: x\n    at total (/app/src/cart.js:3:1)\n    at pay (/app/src/pay.js:9:2)';
    expect(failedTests(trace.split('\n'))).toBeNull();
  });
});

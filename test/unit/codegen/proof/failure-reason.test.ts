import { describe, expect, it } from 'vitest';
import { failsForTheRightReason } from '../../../../src/codegen/proof/failure-reason.ts';
import type { Fault, TestResult } from '../../../../src/domain/fix.ts';

/** Judged for an anomaly of that class which said that. */
function judged(
  message: string,
  errorType: string | null,
  {
    outcome = 'failed',
    said = '',
  }: { readonly outcome?: TestResult['outcome']; readonly said?: string } = {},
): boolean {
  const trace = {
    language: 'javascript',
    errorType: errorType ?? '',
    message: said,
    frames: [],
    cause: null,
  } as const;
  const fault: Fault = { message: null, trace: errorType === null ? null : trace, suspects: [] };
  return failsForTheRightReason({ outcome, message }, { errorType, fault });
}

describe('a new test fails for the right reason', () => {
  it.each([
    ['AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:\n\n1 !== 2', null],
    ['AssertionError: expected 1 to be 2', 'TypeError'],
    ["TypeError: Cannot read properties of undefined (reading 'x')", 'TypeError'],
    ['assert 1 == 0\n +  where 1 = total({})', 'KeyError'],
    ["KeyError: 'lines'", 'KeyError'],
    ["AttributeError: 'NoneType' object has no attribute 'price'", 'AttributeError'],
    ['Failed: DID NOT RAISE <class ValueError>', null],
    ['expect(received).toBe(expected)\n\nExpected: 0\nReceived: 1', null],
    ['Error: test timed out after 100ms', null],
    ['    total_test.go:12: Total() = 3; want 5', 'panic'],
    ['\tError Trace:\ttotal_test.go:9\n\tError:      \tNot equal: ', null],
    ['org.opentest4j.AssertionFailedError: expected: <5> but was: <3>', 'java.lang.NullPointerException'],
    ['org.junit.ComparisonFailure: expected:<[a]> but was:<[b]>', null],
    ['java.lang.NullPointerException: Cannot invoke "Order.lines()"', 'java.lang.NullPointerException'],
    ['Expected: 5\n  Actual: 3', 'NoMethodError'],
    ["NoMethodError: undefined method `price' for nil", 'NoMethodError'],
    ['RSpec::Expectations::ExpectationNotMetError:\n  expected: 5\n       got: 3', null],
  ])('by %j when the fault is %j', (message, errorType) => expect(judged(message, errorType)).toBe(true));

  it.each([
    ["Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/x/none.js'", 'TypeError'],
    ["SyntaxError: The requested module './a.js' does not provide an export named 'none'", 'TypeError'],
    ['SyntaxError: Unexpected token', 'SyntaxError'],
    ["ImportError: cannot import name 'other'", 'KeyError'],
    ['ReferenceError: none is not defined', null],
    ["NameError: name 'x' is not defined", 'KeyError'],
    ["fixture 'db' not found", null],
    ['TypeError: total.none is not a function', 'RangeError'],
    ['TypeError: total.none is not a function', 'TypeError'],
    ['AssertionError: Got unwanted exception. total.none is not a function', null],
    ["AttributeError: 'Cart' object has no attribute 'none'", 'AttributeError'],
    ["NoMethodError: undefined method `none' for an instance of Cart", 'NoMethodError'],
    ['./total_test.go:9:2: undefined: none\nFAIL shop [build failed]', null],
    ['[ERROR] COMPILATION ERROR : cannot find symbol', null],
    ['LoadError: cannot load such file -- ./none', null],
    ['Error: test timed out after 100ms', 'TypeError'],
    ['', null],
  ])('not by %j when the fault is %j', (message, errorType) =>
    expect(judged(message, errorType)).toBe(false),
  );

  it('by a missing name where the anomaly is that name', () => {
    const said = 'cart.total is not a function';
    expect(judged(`TypeError: ${said}`, 'TypeError', { said })).toBe(true);
  });

  it('knows a panic of Go by its words', () => {
    const said = 'runtime error: index out of range [3] with length 2';
    expect(judged('panic: runtime error: index out of range [5] with length 5', 'panic', { said })).toBe(
      true,
    );
    expect(judged('panic: runtime error: invalid memory address', 'panic', { said })).toBe(false);
  });

  it('believes a test that could not be run only when it broke with the anomaly’s own error', () => {
    const errored = { outcome: 'errored' } as const;
    expect(judged("KeyError: 'lines'", 'KeyError', errored)).toBe(true);
    expect(judged('AssertionError: 1 != 2', 'KeyError', errored)).toBe(false);
    expect(judged("ImportError: cannot import name 'x'\nKeyError", 'KeyError', errored)).toBe(false);
  });
});

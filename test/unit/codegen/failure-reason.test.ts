import { describe, expect, it } from 'vitest';
import { failsForTheRightReason } from '../../../src/codegen/failure-reason.ts';

describe('a new test fails for the right reason', () => {
  it.each([
    ['AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:\n\n1 !== 2', null],
    ['AssertionError: expected 1 to be 2', 'TypeError'],
    ["TypeError: Cannot read properties of undefined (reading 'x')", 'TypeError'],
    ['assert 1 == 0\n +  where 1 = total({})', 'KeyError'],
    ["KeyError: 'lines'", 'KeyError'],
    ['Failed: DID NOT RAISE <class ValueError>', null],
    ['expect(received).toBe(expected)\n\nExpected: 0\nReceived: 1', null],
    ['Error: test timed out after 100ms', null],
  ])('by %j when the fault is %j', (message, errorType) =>
    expect(failsForTheRightReason(message, errorType)).toBe(true),
  );

  it.each([
    ["Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/x/none.js'", 'TypeError'],
    ["SyntaxError: The requested module './a.js' does not provide an export named 'none'", 'TypeError'],
    ['SyntaxError: Unexpected token', 'SyntaxError'],
    ["ImportError: cannot import name 'other'", 'KeyError'],
    ['ReferenceError: none is not defined', null],
    ["NameError: name 'x' is not defined", 'KeyError'],
    ["fixture 'db' not found", null],
    ['TypeError: total.none is not a function', 'RangeError'],
    ['Error: test timed out after 100ms', 'TypeError'],
    ['', null],
  ])('not by %j when the fault is %j', (message, errorType) =>
    expect(failsForTheRightReason(message, errorType)).toBe(false),
  );
});

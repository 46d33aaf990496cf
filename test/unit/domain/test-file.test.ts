import { describe, expect, it } from 'vitest';
import { isTestFile, testedName } from '../../../src/domain/test-file.ts';

describe('isTestFile', () => {
  it.each([
    'tests/test_cart.py',
    'cart_test.go',
    'src/test/java/shop/CartTest.java',
    'com/shop/CartTest.java',
    'spec/cart_spec.rb',
    'src/cart.test.ts',
    'src/__tests__/cart.ts',
  ])('%s is one', (path) => {
    expect(isTestFile(path)).toBe(true);
  });

  it.each(['src/cart.py', 'src/contest.go', 'src/Latest.java', 'lib/inspect.rb', 'src/attest.ts'])(
    '%s is none',
    (path) => {
      expect(isTestFile(path)).toBe(false);
    },
  );
});

describe('testedName', () => {
  it.each([
    'tests/test_cart.py',
    'cart_test.go',
    'CartTest.java',
    'spec/cart_spec.rb',
    'cart.test.ts',
    'test/cart.js',
  ])('is cart for %s', (path) => {
    expect(testedName(path)).toBe('cart');
  });
});

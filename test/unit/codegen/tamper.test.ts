import { describe, expect, it } from 'vitest';
import { lostTests, tamperingIn } from '../../../src/codegen/tamper.ts';
import type { TestRun } from '../../../src/domain/fix.ts';
import { aChange } from '../../support/fix-samples.ts';

const isTest = (path: string) => /\.test\.js$|test_.*\.py$/.test(path);
const found = (path: string, before: string | null, after: string | null) =>
  tamperingIn([aChange(path, before, after)], isTest).join('; ');

const JS = `import { total } from '../src/total.js';
it('adds', () => {
  const order = { lines: [1] };
  expect(total(order)).toBe(1);
  expect(total(order)).toEqual(
    [1],
  );
});
`;

describe('tampering with tests', () => {
  it('is not seen in added tests, changed imports, comments and layout', () => {
    const after = JS.replace('{ total }', '{ total, none }')
      .replace("it('adds'", "// about\n  it('adds'")
      .replace(/\n\);\n\}\);\n$/, '\n);\n});\n')
      .concat("it('is none', () => {\n  expect(none()).toBe(0);\n});\n");
    expect(found('a.test.js', JS, after)).toBe('');
    expect(found('a.test.js', 'each([\n  1\n])', 'each([\n  1,\n  2\n])')).toBe('');
    expect(found('b.test.js', null, JS)).toBe('');
  });

  it.each([
    ['a deleted file', null, /deleted/],
    ['a removed assertion', JS.replace('  expect(total(order)).toBe(1);\n', ''), /assertion was removed/],
    ['a loosened assertion', JS.replace('.toBe(1)', '.toBeTruthy()'), /assertion was removed or changed/],
    ['a changed expectation over many lines', JS.replace('[1],\n  )', '[2],\n  )'), /test code was changed/],
    ['a changed input', JS.replace('lines: [1]', 'lines: [0]'), /test code was changed/],
    ['an early return', JS.replace('=> {\n', '=> {\n  return;\n'), /early return/],
    ['skip', JS.replace("it('adds'", "it.skip('adds'"), /skipped/],
    ['only', JS.concat("it.only('x', () => {});\n"), /skipped/],
    ['xit', JS.replace("it('adds'", "xit('adds'"), /skipped/],
    ['an option', JS.replace("'adds', ", "'adds', { skip: true }, "), /skipped/],
    ['a skip in the body', JS.replace('=> {\n', '(t) => {\n  t.skip();\n'), /skipped/],
    ['an exit', JS.concat('process.exit(0);\n'), /skipped/],
  ])('is seen: %s', (_, after, reason) => expect(found('a.test.js', JS, after)).toMatch(reason));

  it.each([
    '@pytest.mark.skip\ndef test_a():\n    assert f() == 1\n',
    '@pytest.mark.xfail\ndef test_a():\n    assert f() == 1\n',
    'def test_a():\n    pytest.skip("x")\n    assert f() == 1\n',
    'pytestmark = x\ndef test_a():\n    assert f() == 1\n',
    'def test_a():\n    assert f()\n',
    'def test_b():\n    assert f() == 1\n',
  ])('is seen in Python: %j', (after) => {
    expect(found('test_a.py', 'def test_a():\n    assert f() == 1\n', after)).not.toBe('');
  });

  it('is seen in what tests rest on, and in code that looks for the tests', () => {
    expect(found('test/fixtures/a.json', '{"a": 1}\n', '{"a": 2}\n')).toMatch(/changed/);
    expect(found('src/__snapshots__/a.snap', 'exports[`a`] = `1`;\n', 'exports[`a`] = `2`;\n')).toMatch(
      /changed/,
    );
    expect(found('src/a.js', '', "if (process.env.NODE_ENV === 'test') return 1;\n")).toMatch(/being tested/);
    expect(found('src/a.js', '', "const mode = process.env.NODE_ENV ?? 'production';\n")).toBe('');
  });

  it('is seen in results: a test that passed and is gone, skipped or failing', () => {
    const run = (outcomes: Record<string, 'passed' | 'failed' | 'skipped'>): TestRun => ({
      command: [],
      ok: true,
      durationMs: 1,
      coverage: null,
      outputTail: '',
      results: Object.entries(outcomes).map(([name, outcome]) => ({ file: 'a', name, outcome, message: '' })),
    });
    const before = run({ stays: 'passed', goes: 'passed', skips: 'passed', failed: 'failed' });
    expect(lostTests(before, run({ stays: 'passed', skips: 'skipped' }))).toEqual(['a > goes', 'a > skips']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeTestWords } from '../../../../src/adapters/toolchains/javascript/node-test.ts';
import { jestResults } from '../../../../src/adapters/toolchains/reports/jest-report.ts';
import { junitCases } from '../../../../src/adapters/toolchains/reports/junit.ts';
import { scriptWords } from '../../../../src/adapters/toolchains/script-words.ts';

describe('a JUnit report', () => {
  it('gives cases with their file, class, outcome and message', () => {
    const xml = `<?xml version="1.0"?><testsuites><testsuite name="pytest" tests="4">
<testcase classname="tests.test_a.TestA" name="test_x[a&quot;&gt;b]" file="tests/test_a.py" line="3" time="0.1"/>
<testcase classname="tests.test_a" name="test_y" file="tests/test_a.py"><failure message="assert 1 == 2&#10;x">def f():&lt;testcase name="forged"/&gt;</failure></testcase>
<testcase classname="" name="tests.test_b"><error message="collection failure">ImportError: <![CDATA[a & b]]></error></testcase>
<testcase classname="tests.test_a" name="test_z" file="tests/test_a.py"><skipped type="pytest.skip" message="no">x</skipped></testcase>
</testsuite></testsuites>`;
    expect(junitCases(xml)).toEqual([
      {
        file: 'tests/test_a.py',
        classname: 'tests.test_a.TestA',
        name: 'test_x[a">b]',
        outcome: 'passed',
        message: '',
      },
      {
        file: 'tests/test_a.py',
        classname: 'tests.test_a',
        name: 'test_y',
        outcome: 'failed',
        message: 'assert 1 == 2\nx\ndef f():<testcase name="forged"/>',
      },
      {
        file: null,
        classname: '',
        name: 'tests.test_b',
        outcome: 'errored',
        message: 'collection failure\nImportError: a & b',
      },
      { file: 'tests/test_a.py', classname: 'tests.test_a', name: 'test_z', outcome: 'skipped', message: '' },
    ]);
  });

  it('never throws, whatever the text', () => {
    const pieces = [
      '<testcase',
      '</testcase>',
      '<error',
      '/>',
      '>',
      ' name="',
      '"',
      '&#x41;',
      '&#xffffffff;',
      '<![CDATA[',
      ']]>',
      'a',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces)), (parts) => junitCases(parts.join('')).length >= 0),
    );
  });
});

describe('a report of jest or vitest', () => {
  it('gives tests, and a file that could not be loaded as one error', () => {
    const report = {
      testResults: [
        {
          name: '/w/test/a.test.js',
          status: 'failed',
          message: '',
          assertionResults: [
            {
              ancestorTitles: ['', 'outer'],
              title: 'x',
              status: 'failed',
              failureMessages: ['\u001b[31mAssertionError\u001b[39m: no'],
            },
            { ancestorTitles: [], title: 'y', status: 'passed', failureMessages: null },
            { ancestorTitles: [], title: 'z', status: 'pending' },
          ],
        },
        { name: '/w/test/b.test.js', status: 'failed', message: 'Cannot find module', assertionResults: [] },
      ],
    };
    expect(jestResults(JSON.stringify(report), '/w')).toEqual([
      { file: 'test/a.test.js', name: 'outer > x', outcome: 'failed', message: 'AssertionError: no' },
      { file: 'test/a.test.js', name: 'y', outcome: 'passed', message: '' },
      { file: 'test/a.test.js', name: 'z', outcome: 'skipped', message: '' },
      { file: 'test/b.test.js', name: 'test/b.test.js', outcome: 'errored', message: 'Cannot find module' },
    ]);
    expect([jestResults('{"half', '/w'), jestResults(null, '/w')]).toEqual([[], []]);
  });
});

describe('a test script', () => {
  it('tells how node is called, without what would change the report', () => {
    const words = nodeTestWords(
      `npm run lint && NODE_ENV=test node --test --import tsx --watch --test-reporter=spec "test/**/*.test.ts"`,
    );
    expect(words).toEqual({
      program: 'node',
      env: { NODE_ENV: 'test' },
      options: ['--import', 'tsx'],
      operands: ['test/**/*.test.ts'],
    });
    expect([nodeTestWords('vitest run'), nodeTestWords('node test.js')]).toEqual([null, null]);
  });

  it('tells how vitest is called', () => {
    const words = scriptWords(
      'vitest run --project unit --coverage --config=x.ts src',
      (word) => word === 'vitest',
    );
    expect(words).toMatchObject({
      options: ['--project', 'unit', '--config=x.ts'],
      operands: ['run', 'src'],
    });
  });
});

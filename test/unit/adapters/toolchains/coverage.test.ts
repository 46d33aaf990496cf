import { describe, expect, it } from 'vitest';
import { codeLines } from '../../../../src/adapters/toolchains/reports/code-lines.ts';
import { coveragePyHits } from '../../../../src/adapters/toolchains/reports/coverage-py.ts';
import { goCoverHits } from '../../../../src/adapters/toolchains/reports/go-cover-profile.ts';
import { istanbulHits } from '../../../../src/adapters/toolchains/reports/istanbul.ts';
import { jacocoHits } from '../../../../src/adapters/toolchains/reports/jacoco.ts';
import {
  fileCoverage,
  type LineHits,
  mergedHits,
} from '../../../../src/adapters/toolchains/reports/line-hits.ts';
import { simplecovHits } from '../../../../src/adapters/toolchains/reports/simplecov.ts';
import { v8Hits } from '../../../../src/adapters/toolchains/reports/v8-coverage.ts';

const asLists = (hits: LineHits | null) =>
  Object.fromEntries([...(hits ?? [])].map(([file, lines]) => [file, [...lines]]));

describe('lines that hold code', () => {
  it('are not blank, not only brackets, and not in a comment', () => {
    const text = '// a\nconst x = 1; // b\n\n/* c\n * d */\nif (x) {\n  go(); /* e */\n}\n/** f */\nend\n';
    expect(codeLines(text).map(({ line }) => line)).toEqual([2, 6, 7, 10]);
  });

  it('say where their code begins and ends', () => {
    expect(codeLines('\n  go();  \n')).toEqual([{ line: 2, start: 3, end: 8 }]);
  });
});

describe('line hits', () => {
  it('become covered and uncovered lines by path, without packages and files elsewhere', () => {
    const lines = new Map([
      [3, 0],
      [1, 2],
    ]);
    const files = ['/w/src/a.js', '/w/node_modules/x/i.js', '/elsewhere/b.js', 'lib/c.rb'];
    expect(fileCoverage(new Map(files.map((file) => [file, lines])), '/w')).toEqual([
      { file: 'lib/c.rb', covered: [1], uncovered: [3] },
      { file: 'src/a.js', covered: [1], uncovered: [3] },
    ]);
    expect(fileCoverage(new Map(), '/w')).toBeNull();
  });

  it('of several processes add up', () => {
    const one: LineHits = new Map([
      [
        'a',
        new Map([
          [1, 0],
          [2, 1],
        ]),
      ],
    ]);
    const two: LineHits = new Map([
      [
        'a',
        new Map([
          [1, 1],
          [3, 0],
        ]),
      ],
    ]);
    expect(asLists(mergedHits([one, two]))).toEqual({
      a: [
        [1, 1],
        [2, 1],
        [3, 0],
      ],
    });
  });
});

describe('what tools have measured', () => {
  it('is read from V8, inner ranges over outer ones', () => {
    const text =
      'export function total(order) {\n  if (order === null) {\n    return 0;\n  }\n  return 1;\n}\n';
    const ranges = [
      { startOffset: 0, endOffset: 88, count: 1 },
      { startOffset: 7, endOffset: 86, count: 3 },
      { startOffset: text.indexOf('{\n    return 0'), endOffset: text.indexOf('\n  return 1'), count: 0 },
    ];
    const report = {
      result: [
        { url: 'file:///w/src/a.js', functions: [{ ranges }] },
        { url: 'node:fs', functions: [] },
      ],
    };
    const hits = v8Hits(JSON.stringify(report), '/w', () => text);
    expect(asLists(hits)).toEqual({
      '/w/src/a.js': [
        [1, 3],
        [2, 3],
        [3, 0],
        [5, 3],
      ],
    });
  });

  it('is read from V8 through the source map of a script that was transformed', () => {
    const text = 'type A = 1;\nexport const a = (b: A) => {\n  return b;\n};\n';
    const made = 'const a=b=>{return b};\n';
    const at = made.indexOf('=>{') + 2;
    const report = {
      result: [
        {
          url: 'file:///w/a.ts',
          functions: [
            { ranges: [{ startOffset: 0, endOffset: made.length, count: 1 }] },
            { ranges: [{ startOffset: at - 3, endOffset: made.indexOf('};') + 1, count: 0 }] },
          ],
        },
      ],
      // `const a` on line 2, `return b` on line 3.
      'source-map-cache': {
        'file:///w/a.ts': {
          lineLengths: [made.length - 1],
          data: { version: 3, sources: ['a.ts'], names: [], mappings: 'AACO,YACL' },
        },
      },
    };
    const hits = v8Hits(JSON.stringify(report), '/w', () => text);
    expect(asLists(hits)).toEqual({
      '/w/a.ts': [
        [2, 1],
        [3, 0],
      ],
    });
  });

  it('is read from istanbul, where a statement begins', () => {
    const statementMap = {
      '0': { start: { line: 2, column: 2 } },
      '1': { start: { line: 2, column: 9 } },
      '2': { start: { line: 4, column: 0 } },
    };
    const report = { '/w/a.js': { path: '/w/a.js', statementMap, s: { '0': 0, '1': 5, '2': 0 }, fnMap: {} } };
    expect(asLists(istanbulHits(JSON.stringify(report)))).toEqual({
      '/w/a.js': [
        [2, 5],
        [4, 0],
      ],
    });
  });

  it('is read from coverage.py', () => {
    const files = { 'app.py': { executed_lines: [2, 4, 7], missing_lines: [5], excluded_lines: [] } };
    expect(asLists(coveragePyHits(JSON.stringify({ meta: {}, files })))).toEqual({
      'app.py': [
        [5, 0],
        [2, 1],
        [4, 1],
        [7, 1],
      ],
    });
  });

  it('is read from a Go profile, a line by the best of its blocks', () => {
    const text =
      'package shop\n\nfunc Total(n int) int {\n\tif n == 0 {\n\t\treturn 0\n\t}\n\treturn n // all\n}\n';
    const profile =
      'mode: set\nexample.com/shop/total.go:3.23,4.12 1 1\nexample.com/shop/total.go:4.12,6.3 1 0\nexample.com/shop/total.go:7.2,7.10 1 1\n';
    expect(asLists(goCoverHits(profile, () => text))).toEqual({
      'example.com/shop/total.go': [
        [3, 1],
        [4, 1],
        [5, 0],
        [7, 1],
      ],
    });
    expect(goCoverHits('mode: set\n', () => text)).toBeNull();
  });

  it('is read from JaCoCo, by package and source file', () => {
    const xml =
      '<?xml version="1.0"?><report name="tests"><package name="com/shop"><class name="com/shop/Order" sourcefilename="Order.java"><method name="x" desc="()V" line="9"><counter type="LINE" missed="0" covered="1"/></method></class><sourcefile name="Order.java"><line nr="9" mi="0" ci="2" mb="0" cb="0"/><line nr="18" mi="5" ci="0" mb="0" cb="0"/><counter type="LINE" missed="1" covered="1"/></sourcefile></package></report>';
    expect(asLists(jacocoHits(xml))).toEqual({
      'com/shop/Order.java': [
        [9, 2],
        [18, 0],
      ],
    });
  });

  it("is read from SimpleCov's result set, null for lines without code", () => {
    const report = { vigilai: { coverage: { '/w/lib/shop.rb': { lines: [null, 1, 3, null, 0] } } } };
    expect(asLists(simplecovHits(JSON.stringify(report)))).toEqual({
      '/w/lib/shop.rb': [
        [2, 1],
        [3, 3],
        [5, 0],
      ],
    });
  });

  it('is nothing where a report is missing, broken off, or of another tool', () => {
    for (const text of [null, '{"half', '{"other":1}'])
      expect([
        istanbulHits(text),
        coveragePyHits(text),
        simplecovHits(text),
        goCoverHits(text, () => ''),
        jacocoHits(text),
      ]).toEqual([null, null, null, null, null]);
  });
});

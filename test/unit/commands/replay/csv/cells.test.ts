import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellReader, csvLine } from '../../../../../src/commands/replay/csv/cells.ts';

const rowsOf = (text: string) => {
  const reader = cellReader('a.csv');
  const rows = text.split('\n').map((line) => reader.push(line));
  reader.end();
  return rows.filter((row) => row !== null);
};

describe('CSV cells', () => {
  it.each([
    ['a,b,c', ['a', 'b', 'c']],
    ['', ['']],
    [',,', ['', '', '']],
    ['"x, y",2,"she said ""no"""', ['x, y', '2', 'she said "no"']],
    ['"",""', ['', '']],
    ['5" pipe,2', ['5" pipe', '2']],
    ['"a\nb\n",3', ['a\nb\n', '3']],
  ])('reads %j', (text, row) => expect(rowsOf(text)).toEqual([row]));

  it('reads back whatever is written', () => {
    const anyCells = fc.array(fc.string({ unit: fc.constantFrom('a', '1', ',', '"', '\n', ' ') }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(fc.array(anyCells, { minLength: 1 }), (rows) => {
        expect(rowsOf(rows.map(csvLine).join('\n'))).toEqual(rows);
      }),
    );
  });

  it('names the line whose quote stands open, at the end or when too much follows', () => {
    expect(() => rowsOf('a,b\n1,2\n"3,4\n5,6')).toThrow(
      'a.csv is no CSV: the quoted cell that begins in line 3',
    );
    const reader = cellReader('a.csv');
    reader.push('"open');
    expect(() => {
      for (let i = 0; i < 10_000; i += 1) reader.push('1,2,3,4,5,6,7');
    }).toThrow('begins in line 1');
  });
});

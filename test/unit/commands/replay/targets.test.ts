import { describe, expect, it } from 'vitest';
import { targetsOf } from '../../../../src/commands/replay/targets.ts';

const paths = (inputs: Readonly<Record<string, readonly string[]>>, out: string) =>
  Object.fromEntries(
    targetsOf(
      Object.entries(inputs).map(([path, files]) => ({ path, files })),
      out,
    ),
  );

describe('where scores go', () => {
  it('mirrors a folder', () => {
    expect(paths({ data: ['data/a/x.csv', 'data/b/x.csv.gz', 'data/app.log'] }, 'out')).toEqual({
      'data/a/x.csv': 'out/a/x.csv',
      'data/b/x.csv.gz': 'out/b/x.csv',
      'data/app.log': 'out/app.log.csv',
    });
  });

  it('puts single files beside each other, or one where it is told', () => {
    expect(paths({ 'a/x.csv': ['a/x.csv'], '-': ['-'] }, 'out')).toEqual({
      'a/x.csv': 'out/x.csv',
      '-': 'out/stdin.csv',
    });
    expect(paths({ 'a/x.csv': ['a/x.csv'] }, 'my/scores.csv')).toEqual({ 'a/x.csv': 'my/scores.csv' });
  });

  it('refuses two files in one place, and an input as a place', () => {
    expect(() => paths({ a: ['a/x.csv'], b: ['b/x.csv'] }, 'out')).toThrow(
      'the scores of a/x.csv and of b/x.csv would both be written to out/x.csv',
    );
    expect(() => paths({ data: ['data/x.csv', 'data/x.csv.gz'] }, 'out')).toThrow('would both be written');
    expect(() => paths({ data: ['data/x.csv'] }, './data')).toThrow('written over data/x.csv');
    expect(() => paths({ 'x.csv': ['x.csv'] }, 'x.csv')).toThrow('written over x.csv');
  });
});

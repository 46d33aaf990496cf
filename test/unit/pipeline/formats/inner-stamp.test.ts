import { expect, it } from 'vitest';
import { parseLine } from '../../../../src/pipeline/formats/detect.ts';

const READ_AT = Date.UTC(2026, 6, 10);

/** What may stand where the line before had its time. */
const PLACES = [
  '1767614400',
  '1767614400123',
  '1767614400123456',
  '2026-07-01 09:00:55',
  '17676144',
  'Jul  1 09:00:55',
];
const PREFIXES = ['- ', 'node-12 ', 'api.log.1 '];

const lines = PREFIXES.flatMap((prefix) => PLACES.map((place) => `${prefix}${place} node-1 is up again`));

it('finds the time within a line alike whatever was found in the line before', () => {
  const first = lines.map((line) => parseLine(line, READ_AT));
  for (const [i, line] of lines.entries()) {
    for (const other of lines) {
      parseLine(other, READ_AT);
      expect(parseLine(line, READ_AT)).toEqual(first[i]);
    }
  }
  expect(first.filter(({ timestamp }) => timestamp !== null).length).toBe(9);
});

import { expect, it } from 'vitest';
import { parseLine } from '../../../../src/pipeline/formats/detect.ts';

const READ_AT = Date.UTC(2026, 6, 10);
const TIME = '2026-07-01 09:00:55,123';

/** Heads that begin alike and go on differently, so that one that is known must not be taken for another. */
const BEGINNINGS = [
  'INFO shop.Cart: ',
  'INFO  shop.Cart - ',
  'INFO [main] shop.Cart: ',
  'INFO shop.Cart: [a b c] ',
  'INFO shop.Cart (12) ',
  '[INFO] shop.Cart: ',
  '1702  2395 I Cart: ',
  '1702 INFO shop.Cart: ',
  'INFO Cart: ',
  'INFO    CBS    ',
  'shop.Cart INFO ',
];
const ENDS = [
  'text',
  'Other.Thing: text',
  '[x] text',
  '(x y) text',
  '12 text',
  '- text',
  ': text',
  '',
  '[req-1',
];

const lines = BEGINNINGS.flatMap((head) => ENDS.map((end) => `${TIME} ${head}${end}`));

it('reads a line alike whatever heads were read before', () => {
  const first = lines.map((line) => parseLine(line, READ_AT));
  const backwards = lines.toReversed().map((line) => parseLine(line, READ_AT));
  expect(backwards.toReversed()).toEqual(first);
  // Each right after another of the same beginning.
  for (const [i, line] of lines.entries()) {
    for (const [, other = ''] of lines.entries()) parseLine(other.slice(0, line.length + 3), READ_AT);
    expect(parseLine(line, READ_AT)).toEqual(first[i]);
  }
  expect(first.filter(({ level }) => level === 'info').length).toBeGreaterThan(80);
});

it('takes a bracket of several words for a thread only before a logger, though it was one before', () => {
  const read = (end: string) => parseLine(`${TIME} INFO shop.Cart: [IPC Server 7] ${end}`, READ_AT);
  expect(read('org.acme.Server: text').fields).toMatchObject({ thread: 'IPC Server 7' });
  expect(read('text').fields).toEqual({ logger: 'shop.Cart' });
});

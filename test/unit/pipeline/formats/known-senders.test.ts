import { expect, it } from 'vitest';
import { unwrap } from '../../../../src/pipeline/formats/envelope.ts';

const READ_AT = Date.UTC(2026, 6, 10);

/** Senders that begin alike and go on differently, so that one that is known must not be taken for another. */
const SENDERS = [
  'web-1 app[12]: ',
  'web-2 app[12]: ',
  'web-1 app[123]: ',
  'web-1 app[12]:',
  'web-1 app: ',
  'web-1 app (for root): ',
  'web-1 app[12] (for root): ',
  'web-1 last message repeated 2 times ',
  'web-1 my long app[12]: ',
  'web-1 error: ',
  'app[12]: ',
];
const ENDS = ['text', 'app[12]: text', '12: text', ' text', ''];

const lines = SENDERS.flatMap((sender) => ENDS.map((end) => `Jul  1 09:00:55 ${sender}${end}`));

it('takes a line off its sender alike whatever senders were read before', () => {
  const first = lines.map((line) => unwrap(line, READ_AT));
  // Each right after another of the same beginning.
  for (const [i, line] of lines.entries()) {
    for (const other of lines) unwrap(other, READ_AT);
    expect(unwrap(line, READ_AT)).toEqual(first[i]);
  }
  expect(new Set(first.map((carried) => carried?.lane)).size).toBeGreaterThan(6);
});

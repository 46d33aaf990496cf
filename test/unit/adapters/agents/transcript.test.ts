import { expect, it } from 'vitest';
import { createTranscript } from '../../../../src/adapters/agents/transcript.ts';

it('keeps lines up to its bound and counts the rest', () => {
  const transcript = createTranscript(100);
  transcript.keep('vigilai', { a: 1 });
  for (let line = 0; line < 5; line += 1) transcript.keep('agent', 'x'.repeat(60));
  const lines = transcript.lines().map((line) => JSON.parse(line) as unknown);
  expect(lines).toEqual([
    { from: 'vigilai', message: { a: 1 } },
    { from: 'vigilai', dropped: 5 },
  ]);
});

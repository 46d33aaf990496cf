import { describe, expect, it } from 'vitest';
import { pipelineOf, pushLines, T0 } from '../../support/log-lines.ts';

const SECRET = 'ghp_aZ3kQ9xV7bN2mC5tR8wY1uJ4hL6fD0sG3pEi';

describe('a kept event', () => {
  it.each([0, 10, 20, 30, 40])('shows no half of a secret where it is cut (%i)', (shift) => {
    const lines = Array.from(
      { length: 1 },
      () => `${'word '.repeat(3150 + shift)}${SECRET} ${'word '.repeat(900)}`,
    );
    const pipeline = pipelineOf({ keep: 'all' });
    const { kept } = pipeline.push({
      stream: 's',
      records: lines,
      offsets: [0],
      marks: null,
      receivedAt: T0,
    });
    expect(kept).toHaveLength(1);
    for (const { json } of kept) expect(json).not.toContain(SECRET.slice(0, 12));
  });

  it('is one an event', () => {
    const pipeline = pipelineOf({ keep: 'all' });
    pushLines(pipeline, ['a', 'b']);
    expect(pipeline.advance(T0).kept).toEqual([]);
  });
});

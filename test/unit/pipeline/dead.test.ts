import { describe, expect, it } from 'vitest';
import { deadLetterId } from '../../../src/domain/dead-letter.ts';
import type { EventRecord, SourceRecord } from '../../../src/domain/event.ts';
import { pipelineOf } from '../../support/log-lines.ts';

/** A record that breaks whoever looks at its data. */
const poison = {
  type: 'log',
  timestamp: 5,
  metadata: {},
  get data(): never {
    throw new TypeError('no data for token=sk-live-1234567890abcdefghijklmnop');
  },
} as unknown as EventRecord;

function push(records: readonly SourceRecord[]) {
  const pipeline = pipelineOf();
  const offsets = records.map((_, i) => i * 10);
  return pipeline.push({ stream: 's', records, offsets, marks: null, receivedAt: 7 });
}

describe('a record that breaks the pipeline', () => {
  it('is set aside with the reason and its place, and stops nothing', () => {
    const pushed = push(['INFO one', poison, 'INFO two']);
    expect(pushed.events).toBe(2);
    const place = { source: 'app', stream: 's', offset: 10 };
    expect(pushed.dead).toMatchObject([{ ...place, id: deadLetterId(place), at: 7 }]);
    expect(pushed.dead[0]?.reason).toContain('TypeError: no data');
  });

  it('is redacted, and named where it cannot even be written down', () => {
    const [letter] = push([poison]).dead;
    expect(letter?.reason).not.toContain('sk-live-1234567890abcdefghijklmnop');
    expect(letter?.text).toBe('(a record that cannot be written down)');
  });

  it('has the same id when it is read again', () => {
    expect(push([poison]).dead[0]?.id).toBe(push([poison]).dead[0]?.id);
  });
});

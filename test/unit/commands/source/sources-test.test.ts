import { describe, expect, it } from 'vitest';
import { VigilError } from '../../../../src/domain/errors.ts';
import type { SourceRecord } from '../../../../src/domain/event.ts';
import type { Batch, Source, SourceHealth } from '../../../../src/ports/source.ts';
import { type Ran, runScripted } from '../../../support/scripted-program.ts';

/** Yields these once, and ends. */
function sourceOf(records: readonly SourceRecord[], health: Partial<SourceHealth> = {}): Source {
  return {
    name: 'app',
    async *read() {
      const batch: Batch = {
        stream: 's',
        records,
        offsets: records.map((_, i) => i),
        marks: null,
        mark: null,
        cursor: { stream: 's', offset: records.length, mark: null },
        receivedAt: 1_790_000_000_000,
        ended: false,
      };
      if (records.length > 0) yield batch;
    },
    health: () => ({ state: 'idle', lagBytes: 0, streams: 1, dropped: 0, lastError: null, ...health }),
  };
}

function test(source: Source, ...flags: readonly string[]): Promise<Ran> {
  const house = { source: () => Promise.resolve({ type: 'file', source }) };
  return runScripted(['sources', 'test', 'app', ...flags], { house });
}

const metric: SourceRecord = {
  type: 'metric',
  timestamp: 1_790_000_000_000,
  metadata: { disk: '/' },
  data: { metricName: 'used.percent', value: 12.3456789 },
};

describe('sources test', () => {
  it('tells formats, times and levels of lines', async () => {
    const { code, out } = await test(sourceOf(['{"level":"info","msg":"ready"}', 'plain']));
    expect(code).toBe(0);
    expect(out).toContain('read     2 lines of 1 stream\n');
    expect(out).toContain('json 50%');
    expect(out).toContain('level    50% of lines carry one\n');
  });

  it('tells what the source knows of a line beside its text', async () => {
    const carried = {
      timestamp: 1_790_000_000_000,
      level: 'error',
      lane: 'shop[4]',
      partial: false,
    } as const;
    const { out } = await test(sourceOf([{ type: 'line', text: 'down', ...carried, metadata: {} }]));
    expect(out).toContain('time     0% of lines carry one, the source knows it of 100%;');
    expect(out).toContain('  shop[4] | down\n');
  });

  it('shows points with their labels, in three digits', async () => {
    const { out } = await test(sourceOf([metric]));
    expect(out).toContain('read     1 metric point of 1 stream\n');
    expect(out).toContain('  used.percent disk=/ 12.3\n');
  });

  it('lets no secret out, as JSON neither', async () => {
    const line = 'login password=correcthorse99';
    for (const flags of [[], ['--json']]) {
      const { out } = await test(sourceOf([line]), ...flags);
      expect(out).toContain('login password=');
      expect(out).not.toContain('correcthorse99');
    }
  });

  it('ends with 5 and the next step when the source is failing', async () => {
    const { code, out } = await test(sourceOf([], { state: 'failing', lastError: 'logs is a folder' }));
    expect(code).toBe(5);
    expect(out).toContain('error    logs is a folder\n');
    expect(out).toContain('next: correct what the error names');
  });

  it('says what to do when the daemon has the port already', async () => {
    const taken = new VigilError('port_taken', { what: 'port 5514 on 127.0.0.1 is taken' });
    const next = () => Promise.reject(taken);
    const source: Source = { ...sourceOf([]), read: () => ({ [Symbol.asyncIterator]: () => ({ next }) }) };
    const { code, err } = await test(source);
    expect(code).toBe(2);
    expect(err).toContain('port 5514 on 127.0.0.1 is taken');
    expect(err).toContain('run `vigilai sources`');
  });
});

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anomalyToView } from '../../src/contract/to-view.ts';
import { createPending } from '../../src/daemon/intake/pending.ts';
import type { EventRecord, SourceRecord } from '../../src/domain/event.ts';
import { parseTrace } from '../../src/pipeline/traces/parse.ts';
import { createWorld, type World } from '../support/daemon-world.ts';
import { pipelineOf, requestLine, T0 } from '../support/log-lines.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const number = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, -1e300, 1e300, T0),
);
const time = fc.integer({ min: -8.64e15, max: 8.64e15 });
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', '\u0000', '\ud800'),
);
const labels = fc.dictionary(text, text, { maxKeys: 3 });
const record: fc.Arbitrary<SourceRecord> = fc.oneof(
  text,
  fc.json(),
  fc.record({ time: number, level: number, msg: text }).map((fields) => JSON.stringify(fields)),
  fc.record<EventRecord>({
    type: fc.constant('metric'),
    timestamp: time,
    metadata: labels,
    data: fc.record({ metricName: text, value: number }),
  } as never),
  fc.record<EventRecord>({
    type: fc.constant('log'),
    timestamp: number,
    metadata: labels,
    data: fc.record({
      message: text,
      level: fc.constantFrom(null, 'error'),
      fields: fc.dictionary(text, fc.anything()),
    }),
  } as never),
);

const ALL = {
  status: null,
  from: null,
  to: null,
  confidenceMin: null,
  source: null,
  after: null,
  limit: 100,
} as const;

describe('what no source should bring', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld(virtualClock());
  });
  afterEach(() => world.close());

  it('can be saved all the same: no record stops a source', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 12 }), fc.nat(), async (records, run) => {
        const pipeline = pipelineOf({ keep: 'all' });
        const pending = createPending('app', pipeline, []);
        const offsets = records.map((_, i) => i);
        const stream = `s${run}`;
        pending.add(pipeline.push({ stream, records, offsets, marks: null, receivedAt: T0 }));
        pending.add(pipeline.advance(T0 + 20_000));
        const progress = pending.take(T0, 0);
        if (progress === null) return;
        await world.store.commit(progress);
        const { items } = await world.store.anomalies(ALL);
        for (const anomaly of items) expect(() => anomalyToView(anomaly)).not.toThrow();
        for (const { hour } of progress.rollups) expect(() => new Date(hour).toISOString()).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it('finds a series again whose name is half a surrogate pair', async () => {
    const pipeline = pipelineOf();
    const pending = createPending('app', pipeline, []);
    const half = { type: 'log', metadata: {}, data: { message: '', level: null, fields: { '\ud800': 0 } } };
    for (const timestamp of [T0, T0 + 3_600_000, T0 + 7_200_000]) {
      const records = [{ ...half, timestamp } as EventRecord];
      pending.add(pipeline.push({ stream: 's', records, offsets: [timestamp], marks: null, receivedAt: T0 }));
      pending.add(pipeline.advance(timestamp + 20_000));
      const progress = pending.take(timestamp, 0);
      if (progress !== null) await world.store.commit(progress);
    }
    expect(await world.store.rolledSeries('app')).toContain('\ufffd');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1e300, 9e15])(
    'opens an anomaly of an error at the time %d, which can be saved and shown',
    async (timestamp) => {
      const pipeline = pipelineOf();
      const pending = createPending('app', pipeline, []);
      const batch = { stream: 's', marks: null, receivedAt: T0 };
      const calm = Array.from({ length: 500 }, (_, i) => requestLine(T0 + i * 1000, '/a', 5));
      pending.add(pipeline.push({ ...batch, records: calm, offsets: calm.map((_, i) => i) }));
      const trace = parseTrace(['TypeError: x is undefined', '    at f (/app/a.js:1:2)']);
      if (trace === null) throw new Error('no trace');
      const data = { message: 'x is undefined', level: 'error', trace, fields: null } as const;
      const error = { type: 'error', timestamp, metadata: {}, data } as const;
      pending.add(pipeline.push({ ...batch, records: [error], offsets: [500] }));
      pending.add(pipeline.advance(T0 + 3_000_000));
      const progress = pending.take(T0, 0);
      if (progress !== null) await world.store.commit(progress);
      const { items } = await world.store.anomalies(ALL);
      expect(items.map(anomalyToView)).toHaveLength(1);
    },
  );
});

import { describe, expect, it } from 'vitest';
import type { Answer, Get } from '../../../../../src/adapters/sources/prometheus/get.ts';
import { rangeSource } from '../../../../../src/adapters/sources/prometheus/range-source.ts';
import type { Batch, Cursor } from '../../../../../src/ports/source.ts';
import { startReading } from '../../../../support/reading.ts';
import { type VirtualClock, virtualClock } from '../../../../support/virtual-clock.ts';

type Value = (seconds: number, host: number) => string;

interface Served {
  /** Value of each query at a time, of each of its series. */
  readonly values: Readonly<Record<string, Value>>;
  readonly series: number;
  readonly asked: { query: string; start: number; end: number; step: number }[];
  trouble: Answer | null;
}

function served(values: Readonly<Record<string, Value>>, series = 1): Served & { readonly get: Get } {
  const state: Served = { values, series, asked: [], trouble: null };
  const get: Get = async (url) => {
    if (state.trouble !== null) return state.trouble;
    const asked = new URL(url).searchParams;
    const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(asked.get(name)));
    return answerOf(state, {
      query: asked.get('query') ?? '',
      start: start ?? 0,
      end: end ?? 0,
      step: step ?? 1,
    });
  };
  return Object.assign(state, { get });
}

function answerOf({ values, series, asked }: Served, question: Served['asked'][number]): Answer {
  asked.push(question);
  const { query, start, end, step } = question;
  const value = values[query];
  if (value === undefined) {
    const body = { status: 'error', errorType: 'bad_data', error: `unknown ${query}` };
    return { ok: true, status: 400, type: 'application/json', body: JSON.stringify(body) };
  }
  const times = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, i) => start + i * step);
  // Last series first: the reader puts them in order.
  const result = Array.from({ length: series }, (_, i) => series - 1 - i).map((host) => ({
    metric: { __name__: query, host: `h${String(host).padStart(5, '0')}` },
    values: times.map((time) => [time, value(time, host)]),
  }));
  const body = { status: 'success', data: { resultType: 'matrix', result } };
  return { ok: true, status: 200, type: 'application/json', body: JSON.stringify(body) };
}

const T0 = Date.UTC(2026, 0, 5, 12);

interface Opening {
  readonly clock?: VirtualClock;
  readonly from?: readonly Cursor[];
  readonly queries?: readonly string[];
  readonly backfillMinutes?: number;
}

function open(server: ReturnType<typeof served>, opening: Opening = {}) {
  const { clock = virtualClock(T0), from = [], queries = ['a'], backfillMinutes = 1 } = opening;
  const source = rangeSource(
    {
      name: 'prom',
      server: 'http://prom:9090/',
      queries: queries.map((promql) => ({ name: promql, promql })),
      stepSeconds: 10,
      delaySeconds: 5,
      backfillMinutes,
    },
    { get: server.get, clock },
  );
  return { clock, source, reading: startReading(source, from) };
}

/** `seconds since the start, series: value` of each point. */
function read(batches: readonly Batch[]): readonly string[] {
  return batches.flatMap(({ records }) =>
    records.flatMap((record) =>
      typeof record === 'string' || record.type !== 'metric'
        ? []
        : [
            `${(record.timestamp - T0) / 1000} ${record.data.metricName} ${record.metadata['host']}: ${record.data.value}`,
          ],
    ),
  );
}

describe('range queries as a source', () => {
  it('begin with what was before, and go on as values become old enough, each of them once', async () => {
    const server = served({ a: (time) => String(time - T0 / 1000) });
    const { clock, reading } = open(server);
    await clock.settle();
    expect(read(reading.batches)).toEqual(
      ['-60', '-50', '-40', '-30', '-20', '-10'].map((t) => `${t} a h00000: ${t}`),
    );
    await clock.advance(5_000);
    expect(read(reading.batches).at(-1)).toBe('0 a h00000: 0');
    await clock.advance(25_000);
    await reading.stop();
    expect(read(reading.batches)).toHaveLength(9);
    expect(server.asked.map(({ start, end }) => [start - T0 / 1000, end - T0 / 1000])).toEqual([
      [-60, -10],
      [0, 0],
      [10, 10],
      [20, 20],
    ]);
  });

  it('bring all queries and series in time order, without what is no number', async () => {
    const server = served({ a: (_, host) => (host === 1 ? 'NaN' : '1'), b: () => '+Inf', c: () => '2' }, 2);
    const { clock, source, reading } = open(server, { queries: ['a', 'b', 'c'], backfillMinutes: 0.4 });
    await clock.settle();
    await reading.stop();
    expect(read(reading.batches)).toEqual(
      ['-20', '-10'].flatMap((time) => [`${time} a h00000: 1`, `${time} c h00000: 2`, `${time} c h00001: 2`]),
    );
    expect(source.health()).toMatchObject({ dropped: 0, lastError: null });
  });

  it('miss nothing of a time in which nobody asked, in questions that a server answers', async () => {
    const server = served({ a: (time) => String(time) });
    const first = open(server);
    await first.clock.settle();
    await first.reading.stop();
    const clock = virtualClock(T0 + 3_600_000);
    const second = open(server, { clock, from: first.reading.cursors(), backfillMinutes: 90 });
    await clock.settle();
    await second.reading.stop();
    const times = read([...first.reading.batches, ...second.reading.batches]).map((one) =>
      Number(one.split(' ')[0]),
    );
    expect(times).toEqual(Array.from({ length: 366 }, (_, i) => i * 10 - 60));
    expect(Math.max(...server.asked.map(({ start, end }) => (end - start) / 10 + 1))).toBe(120);
    expect(second.source.health()).toMatchObject({ dropped: 0 });
  });

  it('count what lies too far back', async () => {
    const server = served({ a: () => '1', b: () => '1' });
    const from = [{ stream: 'prom', offset: T0 / 1000 - 100, mark: null }];
    const { clock, source, reading } = open(server, { from, queries: ['a', 'b'] });
    await clock.settle();
    await reading.stop();
    expect(source.health()).toMatchObject({ dropped: 8 });
  });

  it('go on from any place they have given, in the middle of one time too', async () => {
    const server = served({ a: (time, host) => String(time + host) }, 1500);
    const whole = open(server);
    await whole.clock.settle();
    await whole.reading.stop();
    const all = read(whole.reading.batches);
    expect(all).toHaveLength(9000);
    expect(whole.reading.batches.map(({ records }) => records.length)).toEqual([4096, 4096, 808]);
    const [, second] = whole.reading.batches;
    for (const [n, batch] of [
      [0, whole.reading.batches[0]],
      [1, whole.reading.batches[0]],
      [4000, second],
    ] as const) {
      if (batch === undefined) throw new Error('no such batch');
      const cursor = { stream: 'prom', offset: batch.offsets[n] ?? 0, mark: batch.marks?.[n] ?? null };
      const again = open(server, { from: [cursor] });
      await again.clock.settle();
      await again.reading.stop();
      expect(read(again.reading.batches)).toEqual(all.slice(batch === second ? 4096 + n : n));
    }
    const after = open(server, { from: whole.reading.batches.slice(0, 1).map(({ cursor }) => cursor) });
    await after.clock.settle();
    await after.reading.stop();
    expect(read(after.reading.batches)).toEqual(all.slice(4096));
  });

  it('leave out a query that the server refuses, and say so', async () => {
    const server = served({ a: () => '1' });
    const { clock, source, reading } = open(server, { queries: ['nonsense(', 'a'] });
    await clock.settle();
    expect(source.health()).toMatchObject({
      state: 'failing',
      lastError: 'nonsense(: answers 400: bad_data: unknown nonsense(',
    });
    expect(read(reading.batches)).toHaveLength(6);
    await reading.stop();
  });

  it('wait for a server that is away, and then catch up', async () => {
    const server = served({ a: () => '1' });
    server.trouble = { ok: false, why: 'connect ECONNREFUSED' };
    const { clock, source, reading } = open(server);
    await clock.advance(60_000);
    expect(source.health()).toMatchObject({
      state: 'failing',
      lastError: 'http://prom:9090/: connect ECONNREFUSED',
    });
    server.trouble = { ok: true, status: 503, type: 'text/plain', body: 'starting' };
    await clock.advance(10_000);
    expect(source.health().lastError).toContain('a: answers 503');
    server.trouble = null;
    await clock.advance(10_000);
    expect(source.health()).toMatchObject({ state: 'idle', lastError: null });
    expect(read(reading.batches).map((one) => Number(one.split(' ')[0]))).toEqual(
      Array.from({ length: 14 }, (_, i) => i * 10 - 60),
    );
    await reading.stop();
    expect(source.health().state).toBe('ended');
  });

  it('take an answer that is no result of a query for trouble', async () => {
    const server = served({});
    server.trouble = { ok: true, status: 200, type: 'text/html', body: '<html>' };
    const { clock, source, reading } = open(server);
    await clock.settle();
    expect(source.health().lastError).toBe('http://prom:9090/: a: answers 200, no result of a query');
    await reading.stop();
  });
});

import { describe, expect, it } from 'vitest';
import { hostSourceSchema } from '../../../../../src/adapters/sources/host/options.ts';
import { asking, type Probe } from '../../../../../src/adapters/sources/host/probe.ts';
import { rates } from '../../../../../src/adapters/sources/host/rates.ts';
import { virtualClock } from '../../../../support/virtual-clock.ts';

const good: Probe = { name: 'memory', read: async () => [{ metric: 'host.memory.percent', value: 40 }] };
const signal = new AbortController().signal;

describe('asking a machine', () => {
  it('delivers what can be known when a probe fails', async () => {
    const broken: Probe = {
      name: 'disk use',
      read: async () => {
        throw new Error('permission denied');
      },
    };
    const { records, problem } = await asking([broken, good], virtualClock())(signal, 1000);
    expect(records).toEqual([
      {
        type: 'metric',
        timestamp: 1000,
        metadata: {},
        data: { metricName: 'host.memory.percent', value: 40 },
      },
    ]);
    expect(problem).toBe('disk use: permission denied');
  });

  it('does not wait for a probe that hangs, nor ask it again while it does', async () => {
    const hanging = Promise.withResolvers<[]>();
    let asked = 0;
    const stuck: Probe = {
      name: 'disk use',
      read: () => {
        asked += 1;
        return hanging.promise;
      },
    };
    const clock = virtualClock();
    const ask = asking([stuck, good], clock);
    const first = ask(signal, 1000);
    await clock.advance(5000);
    expect(await first).toMatchObject({ problem: 'disk use: no answer within 5 s', records: [{}] });
    expect(await ask(signal, 2000)).toMatchObject({ problem: 'disk use: still no answer', records: [{}] });
    hanging.resolve([]);
    await clock.settle();
    expect(await ask(signal, 3000)).toMatchObject({ problem: null });
    expect(asked).toBe(2);
  });

  it('makes no point of what is not known', async () => {
    const vague: Probe = {
      name: 'swap',
      read: async () => [
        { metric: 'a', value: null },
        { metric: 'b', value: Number.NaN },
      ],
    };
    expect(await asking([vague], virtualClock())(signal, 1000)).toEqual({ records: [], problem: null });
  });
});

describe('rates of counters', () => {
  it('are over the time between two readings, by name', () => {
    const since = rates();
    expect(since.per(new Map([['in', 100]]), 1000)).toEqual(new Map());
    const counters = new Map([
      ['in', 300],
      ['out', 5],
    ]);
    expect(since.per(counters, 3000)).toEqual(new Map([['in', 100]]));
  });

  it('are none where a counter began anew or the clock was set back', () => {
    const since = rates();
    since.per(new Map([['in', 100]]), 5000);
    expect(since.per(new Map([['in', 40]]), 6000)).toEqual(new Map());
    expect(since.per(new Map([['in', 50]]), 2000)).toEqual(new Map());
    expect(since.per(new Map([['in', 60]]), 3000)).toEqual(new Map([['in', 10]]));
  });
});

describe('options of a host source', () => {
  it('ask every ten seconds for the machine alone', () => {
    expect(hostSourceSchema.parse({ type: 'host', name: 'host' })).toEqual({
      type: 'host',
      name: 'host',
      intervalSeconds: 10,
      processes: [],
      pids: [],
    });
  });
});

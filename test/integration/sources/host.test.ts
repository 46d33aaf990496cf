import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { freemem, networkInterfaces, totalmem } from 'node:os';
import system from 'systeminformation';
import { afterEach, describe, expect, it } from 'vitest';
import { hostSource } from '../../../src/adapters/sources/host/host-source.ts';
import { linuxProbes } from '../../../src/adapters/sources/host/linux.ts';
import { hostSourceSchema } from '../../../src/adapters/sources/host/options.ts';
import { portableProbes } from '../../../src/adapters/sources/host/portable.ts';
import { portableProcesses } from '../../../src/adapters/sources/host/portable-processes.ts';
import { processProbe } from '../../../src/adapters/sources/host/processes.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import type { MetricRecord } from '../../../src/domain/event.ts';
import { type Reading, startReading } from '../../support/reading.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function reading(some: object): Reading {
  const options = hostSourceSchema.parse({ type: 'host', name: 'host', intervalSeconds: 1, ...some });
  const made = startReading(hostSource(options, systemClock()));
  closing.push(() => made.stop());
  return made;
}

const pointsIn = (batch: Reading['batches'][number] | undefined): readonly MetricRecord[] =>
  (batch?.records ?? []).filter((one) => typeof one !== 'string' && one.type === 'metric');

function valueIn(records: readonly MetricRecord[], name: string): number {
  return records.find(({ data }) => data.metricName === name)?.data.value ?? Number.NaN;
}

describe('the host source on this machine', () => {
  it('tells of processor, memory, disks and network, within what the machine itself says', async () => {
    const { batches, until, stop } = reading({});
    await until(() => batches.length >= 2);
    await stop();
    const points = pointsIn(batches[1]);
    for (const name of ['host.cpu.percent', 'host.memory.percent', 'host.disk.percent']) {
      expect(valueIn(points, name), name).toBeGreaterThanOrEqual(0);
      expect(valueIn(points, name), name).toBeLessThanOrEqual(100);
    }
    const parts = valueIn(points, 'host.cpu.user.percent') + valueIn(points, 'host.cpu.system.percent');
    expect(parts).toBeCloseTo(valueIn(points, 'host.cpu.percent'), 5);
    const available = valueIn(points, 'host.memory.available.bytes');
    expect(Math.abs(available - freemem())).toBeLessThan(totalmem() / 4);
    const interfaces = points
      .filter(({ data }) => data.metricName.startsWith('host.network.'))
      .map(({ metadata }) => metadata['iface']);
    expect(interfaces).toEqual(expect.arrayContaining(Object.keys(networkInterfaces())));
    expect(points.every(({ data }) => data.value >= 0)).toBe(true);
    // One batch a beat, and nothing in the first that needs two readings.
    expect(valueIn(pointsIn(batches[0]), 'host.cpu.percent')).toBeNaN();
    expect(batches[1]?.offsets[0]).toBe(batches[0]?.records.length);
  });

  it('watches processes by a part of their command line, and by pid', async () => {
    const busy = spawn(process.execPath, ['-e', 'for (;;) {} // spinning-for-vigilai'], { stdio: 'ignore' });
    closing.push(() => {
      busy.kill('SIGKILL');
    });
    const { batches, until, stop } = reading({
      processes: ['spinning-for-vigilai', 'no such program runs'],
      pids: [process.pid],
    });
    const of = (records: readonly MetricRecord[], name: string, key: string, label: string) =>
      records.find(({ data, metadata }) => data.metricName === name && metadata[key] === label)?.data.value;
    const last = () => pointsIn(batches.at(-1));
    await until(() => (of(last(), 'host.process.cpu.percent', 'process', 'spinning-for-vigilai') ?? 0) > 0);
    await stop();
    expect(of(last(), 'host.process.count', 'process', 'spinning-for-vigilai')).toBe(1);
    expect(of(last(), 'host.process.count', 'process', 'no such program runs')).toBe(0);
    expect(of(last(), 'host.process.rss.bytes', 'process', 'no such program runs')).toBeUndefined();
    expect(of(last(), 'host.process.fds', 'pid', String(process.pid))).toBeGreaterThan(2);
    const rss = of(last(), 'host.process.rss.bytes', 'pid', String(process.pid)) ?? 0;
    expect(rss / process.memoryUsage().rss).toBeGreaterThan(0.5);
    expect(rss / process.memoryUsage().rss).toBeLessThan(2);
  });
});

const HOST = process.platform === 'linux' ? ['linux', 'portable'] : ['portable'];

describe.each(HOST)('the %s reader of a machine', (kind) => {
  it('reads memory and disks alike, and rates from the second reading on', async () => {
    const probes = kind === 'linux' ? linuxProbes() : portableProbes(system);
    const read = async (now: number) => (await Promise.all(probes.map((probe) => probe.read(now)))).flat();
    await read(1000);
    const samples = await read(2000);
    const value = (name: string) => samples.find(({ metric }) => metric === name)?.value ?? Number.NaN;
    const available = value('host.memory.available.bytes');
    expect(available).toBeGreaterThan(0);
    expect(value('host.memory.percent')).toBeCloseTo(100 * (1 - available / totalOf()), 0);
    expect(value('host.disk.percent')).toBeGreaterThan(0);
    expect(value('host.disk.percent')).toBeLessThanOrEqual(100);
    expect(samples.some(({ labels }) => labels?.['disk'] === '/')).toBe(true);
    expect(samples.some(({ metric }) => metric === 'host.network.receive.bytes_per_second')).toBe(true);
    if (kind === 'linux') expect(value('host.disk.write.bytes_per_second')).toBeGreaterThanOrEqual(0);
  });
});

/** What the kernel calls total, which is a little less than what is built in. */
function totalOf(): number {
  if (process.platform !== 'linux') return totalmem();
  return 1024 * Number(/MemTotal:\s+(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]);
}

describe('the portable reader of processes', () => {
  it('finds this one', async () => {
    const probe = processProbe({ processes: [], pids: [process.pid] }, portableProcesses(system));
    const samples = await probe.read(1000);
    const value = (name: string) => samples.find(({ metric }) => metric === name)?.value ?? Number.NaN;
    expect(value('host.process.count')).toBe(1);
    expect(value('host.process.rss.bytes')).toBeGreaterThan(10_000_000);
  });
});

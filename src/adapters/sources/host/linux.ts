import { readFile, statfs } from 'node:fs/promises';
import { type Disk, diskSamples, diskTrafficSamples, memorySamples, networkSamples } from './names.ts';
import type { Probe, Sample } from './probe.ts';
import { type Rates, rates } from './rates.ts';

/** Linux tells in `/proc` (man 5 proc) what other systems must be asked for by running programs. */
export function linuxProbes(): readonly Probe[] {
  const traffic = rates();
  const packets = rates();
  return [
    { name: 'memory', read: memory },
    { name: 'disk use', read: diskUse },
    { name: 'disk io', read: (now) => diskTraffic(traffic, now) },
    { name: 'network', read: (now) => network(packets, now) },
  ];
}

async function memory(): Promise<readonly Sample[]> {
  const kibibytes = new Map<string, number>();
  for (const line of await linesOf('/proc/meminfo')) {
    const [name = '', value = ''] = line.split(/:? +/, 2);
    kibibytes.set(name, Number(value));
  }
  const bytes = (name: string) => 1024 * (kibibytes.get(name) ?? 0);
  return memorySamples({
    total: bytes('MemTotal'),
    available: bytes('MemAvailable'),
    swapTotal: bytes('SwapTotal'),
    swapUsed: bytes('SwapTotal') - bytes('SwapFree'),
  });
}

interface Mount {
  readonly device: string;
  readonly folder: string;
}

/** Devices that are mounted for writing, each at its first place: file servers, images and bind mounts are not asked. */
async function mounts(): Promise<readonly Mount[]> {
  const found = new Map<string, string>();
  for (const line of await linesOf('/proc/mounts')) {
    const [device = '', folder = '', , options = ''] = line.split(' ', 4);
    if (!device.startsWith('/dev/') || device.startsWith('/dev/loop') || found.has(device)) continue;
    if (options.startsWith('rw')) found.set(device, folder);
  }
  return [...found].map(([device, folder]) => ({ device, folder: unescaped(folder) }));
}

/** Blanks in names stand there as octal numbers. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

async function diskUse(): Promise<readonly Sample[]> {
  const disks = await Promise.all(
    (await mounts()).map(async ({ folder }): Promise<Disk> => {
      const { bsize, blocks, bfree, bavail } = await statfs(folder);
      return { mount: folder, used: (blocks - bfree) * bsize, available: bavail * bsize };
    }),
  );
  return diskSamples(disks);
}

/** `/proc/diskstats` counts sectors of 512 bytes whatever the device has. */
const SECTOR_BYTES = 512;

/** Whole disks: names with a partition's number after them would count everything twice. */
const WHOLE_DISK = /^(?:[hsv]d[a-z]{1,3}|xvd[a-z]{1,3}|nvme\d{1,3}n\d{1,3}|mmcblk\d{1,3})$/;

async function diskTraffic(since: Rates, now: number): Promise<readonly Sample[]> {
  const counts = { reads: 0, readBytes: 0, writes: 0, writtenBytes: 0 };
  for (const line of await linesOf('/proc/diskstats')) {
    const [, , name = '', reads, , read, , writes, , written] = line.trim().split(/ +/);
    if (!WHOLE_DISK.test(name)) continue;
    counts.reads += Number(reads);
    counts.readBytes += Number(read) * SECTOR_BYTES;
    counts.writes += Number(writes);
    counts.writtenBytes += Number(written) * SECTOR_BYTES;
  }
  const rate = since.per(new Map(Object.entries(counts)), now);
  return diskTrafficSamples({
    reads: rate.get('reads') ?? null,
    readBytes: rate.get('readBytes') ?? null,
    writes: rate.get('writes') ?? null,
    writtenBytes: rate.get('writtenBytes') ?? null,
  });
}

async function network(since: Rates, now: number): Promise<readonly Sample[]> {
  const counters = new Map<string, number>();
  const names: string[] = [];
  for (const line of (await linesOf('/proc/net/dev')).slice(2)) {
    const [name = '', counts = ''] = line.split(':', 2);
    const [received, , , , , , , , sent] = counts.trim().split(/ +/);
    if (sent === undefined) continue;
    names.push(name.trim());
    counters.set(`${name.trim()} in`, Number(received));
    counters.set(`${name.trim()} out`, Number(sent));
  }
  const rate = since.per(counters, now);
  return networkSamples(
    names.map((name) => ({
      name,
      received: rate.get(`${name} in`) ?? null,
      sent: rate.get(`${name} out`) ?? null,
    })),
  );
}

async function linesOf(path: string): Promise<readonly string[]> {
  return (await readFile(path, 'latin1')).split('\n').filter((line) => line !== '');
}

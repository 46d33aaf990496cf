import type { Sample } from './probe.ts';

// What the readers of all systems say alike. Bytes and percents; a rate is per second.

export interface Memory {
  readonly total: number;
  /** What can be had without swapping. */
  readonly available: number;
  readonly swapTotal: number;
  readonly swapUsed: number;
}

export function memorySamples({ total, available, swapTotal, swapUsed }: Memory): readonly Sample[] {
  return [
    { metric: 'host.memory.percent', value: percent(total - available, total) },
    { metric: 'host.memory.available.bytes', value: available },
    { metric: 'host.swap.percent', value: percent(swapUsed, swapTotal) },
  ];
}

export interface Disk {
  /** Where it is mounted. */
  readonly mount: string;
  readonly used: number;
  readonly available: number;
}

const MOST = 20;
const LONGEST_LABEL = 80;

export function diskSamples(disks: readonly Disk[]): readonly Sample[] {
  return disks.slice(0, MOST).flatMap(({ mount, used, available }) => {
    const labels = { disk: mount.slice(0, LONGEST_LABEL) };
    return [
      { metric: 'host.disk.percent', value: percent(used, used + available), labels },
      { metric: 'host.disk.available.bytes', value: available, labels },
    ];
  });
}

/** Of all disks together; null where the system does not say. */
export interface DiskTraffic {
  readonly readBytes: number | null;
  readonly writtenBytes: number | null;
  readonly reads: number | null;
  readonly writes: number | null;
}

export function diskTrafficSamples(traffic: DiskTraffic): readonly Sample[] {
  return [
    { metric: 'host.disk.read.bytes_per_second', value: traffic.readBytes },
    { metric: 'host.disk.write.bytes_per_second', value: traffic.writtenBytes },
    { metric: 'host.disk.reads_per_second', value: traffic.reads },
    { metric: 'host.disk.writes_per_second', value: traffic.writes },
  ];
}

export interface Interface {
  readonly name: string;
  readonly received: number | null;
  readonly sent: number | null;
}

/** Ends of containers' links, which come and go with them. */
const PASSING = /^(?:veth|cali|lxc|tap|ifb)/;

export function networkSamples(interfaces: readonly Interface[]): readonly Sample[] {
  return interfaces
    .filter(({ name }) => !PASSING.test(name))
    .slice(0, MOST)
    .flatMap(({ name, received, sent }) => {
      const labels = { iface: name.slice(0, LONGEST_LABEL) };
      return [
        { metric: 'host.network.receive.bytes_per_second', value: received, labels },
        { metric: 'host.network.transmit.bytes_per_second', value: sent, labels },
      ];
    });
}

function percent(part: number, whole: number): number | null {
  return whole > 0 ? (100 * part) / whole : null;
}

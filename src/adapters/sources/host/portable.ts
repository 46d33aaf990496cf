import type si from 'systeminformation';
import { diskSamples, diskTrafficSamples, memorySamples, networkSamples } from './names.ts';
import type { Probe } from './probe.ts';

/**
 * Any system that `systeminformation` knows. It runs some thirty programs a reading, and waits for some of them in the event
 * loop, so Linux is read without it.
 */
export function portableProbes(system: typeof si): readonly Probe[] {
  return [
    {
      name: 'memory',
      async read() {
        const { total, available, swaptotal, swapused } = await system.mem();
        return memorySamples({ total, available, swapTotal: swaptotal, swapUsed: swapused });
      },
    },
    {
      name: 'disk use',
      async read() {
        const disks = await system.fsSize();
        return diskSamples(disks.filter(({ size, rw }) => size > 0 && rw !== false));
      },
    },
    {
      name: 'disk io',
      async read() {
        // Null where the system does not say, whatever the types promise.
        const bytes: si.Systeminformation.FsStatsData | null = await system.fsStats();
        const operations: si.Systeminformation.DisksIoData | null = await system.disksIO();
        return diskTrafficSamples({
          readBytes: bytes?.rx_sec ?? null,
          writtenBytes: bytes?.wx_sec ?? null,
          reads: operations?.rIO_sec ?? null,
          writes: operations?.wIO_sec ?? null,
        });
      },
    },
    {
      name: 'network',
      async read() {
        const interfaces = await system.networkStats('*');
        return networkSamples(
          interfaces.map(({ iface, rx_sec, tx_sec }) => ({ name: iface, received: rx_sec, sent: tx_sec })),
        );
      },
    },
  ];
}

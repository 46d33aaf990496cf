import type { Clock } from '../../../ports/clock.ts';
import type { Source } from '../../../ports/source.ts';
import { polled } from '../poll.ts';
import { linuxProbes } from './linux.ts';
import { linuxProcesses } from './linux-processes.ts';
import type { HostSourceOptions } from './options.ts';
import { portableProbes } from './portable.ts';
import { portableProcesses } from './portable-processes.ts';
import { asking, type Probe } from './probe.ts';
import { type Chosen, type FindProcesses, processProbe } from './processes.ts';
import { processorProbe } from './processor.ts';

/** This machine: processor, memory, disks, network, and chosen processes, as points of metrics at a fixed beat. */
export function hostSource(options: HostSourceOptions, clock: Clock): Source {
  const { name, intervalSeconds } = options;
  let ask: ReturnType<typeof asking> | null = null;
  return polled(name, {
    intervalMs: intervalSeconds * 1000,
    clock,
    async poll(signal, now) {
      ask ??= asking(await probesFor(options), clock);
      return ask(signal, now);
    },
  });
}

async function probesFor(chosen: Chosen): Promise<readonly Probe[]> {
  const { machine, find } = await readers();
  const some = chosen.processes.length + chosen.pids.length > 0;
  return [processorProbe(), ...machine, ...(some ? [processProbe(chosen, find)] : [])];
}

async function readers(): Promise<{ readonly machine: readonly Probe[]; readonly find: FindProcesses }> {
  if (process.platform === 'linux') return { machine: linuxProbes(), find: linuxProcesses };
  const { default: system } = await import('systeminformation');
  return { machine: portableProbes(system), find: portableProcesses(system) };
}

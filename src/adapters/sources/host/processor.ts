import { cpus, loadavg } from 'node:os';
import type { Probe } from './probe.ts';
import { rates } from './rates.ts';

/** All cores together: 100 is a machine that is wholly busy. */
export function processorProbe(): Probe {
  const since = rates();
  return {
    name: 'cpu',
    async read(now) {
      const times = since.per(totals(), now);
      const all = [...times.values()].reduce((sum, one) => sum + one, 0);
      const share = (...kinds: string[]) =>
        all === 0 ? null : (100 * kinds.reduce((sum, kind) => sum + (times.get(kind) ?? 0), 0)) / all;
      return [
        { metric: 'host.load.1m', value: loadavg()[0] ?? null },
        { metric: 'host.cpu.percent', value: share('user', 'nice', 'sys', 'irq') },
        { metric: 'host.cpu.user.percent', value: share('user', 'nice') },
        { metric: 'host.cpu.system.percent', value: share('sys', 'irq') },
      ];
    },
  };
}

function totals(): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { times } of cpus()) {
    for (const [kind, ms] of Object.entries(times)) sums.set(kind, (sums.get(kind) ?? 0) + ms);
  }
  return sums;
}

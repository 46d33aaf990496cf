import type si from 'systeminformation';
import type { FindProcesses } from './processes.ts';

/** Any system that `systeminformation` knows, which says how busy a process is but not the time that it has used. */
export function portableProcesses(system: typeof si): FindProcesses {
  const used = new Map<number, number>();
  let at: number | null = null;
  return async (wanted) => {
    const { list } = await system.processes();
    const seconds = at === null ? 0 : (performance.now() - at) / 1000;
    at = performance.now();
    const found = list
      .map((one) => ({ ...one, commandLine: `${one.path} ${one.command} ${one.params}`.trim() }))
      .filter(({ pid, commandLine }) => wanted(pid, commandLine));
    const before = new Map(used);
    used.clear();
    for (const { pid, cpu } of found) used.set(pid, (before.get(pid) ?? 0) + (cpu / 100) * seconds);
    return found.map(({ pid, commandLine, memRss }) => ({
      pid,
      commandLine,
      cpuSeconds: used.get(pid) ?? 0,
      rssBytes: memRss * 1024,
      fds: null,
    }));
  };
}

import type { HostSourceOptions } from './options.ts';
import type { Probe, Sample } from './probe.ts';
import { type Rates, rates } from './rates.ts';

/** One running process as the system tells of it. */
export interface Process {
  readonly pid: number;
  readonly commandLine: string;
  /** Seconds of processor time it has used so far. */
  readonly cpuSeconds: number;
  readonly rssBytes: number;
  /** Open file descriptors; null where the system or its permissions do not tell. */
  readonly fds: number | null;
}

/** Finds the processes that are asked for, and only of these reads more than the command line. */
export type FindProcesses = (
  wanted: (pid: number, commandLine: string) => boolean,
) => Promise<readonly Process[]>;

export type Chosen = Pick<HostSourceOptions, 'processes' | 'pids'>;

/** Chosen processes: by pid, or all together whose command line holds a text. */
export function processProbe({ processes, pids }: Chosen, find: FindProcesses): Probe {
  const groups = [
    ...processes.map((text) => ({
      labels: { process: text },
      holds: (_: number, commandLine: string) => commandLine.includes(text),
    })),
    ...pids.map((one) => ({ labels: { pid: String(one) }, holds: (pid: number) => pid === one })),
  ];
  const since = rates();
  return {
    name: 'processes',
    async read(now) {
      const found = await find((pid, commandLine) => groups.some(({ holds }) => holds(pid, commandLine)));
      const busy = busyOf(found, since, now);
      return groups.flatMap(({ labels, holds }) =>
        samplesOf(
          found.filter(({ pid, commandLine }) => holds(pid, commandLine)),
          busy,
        ).map((sample) => ({ ...sample, labels })),
      );
    },
  };
}

/** Share of one core by pid, 0..1 and more for several threads. */
function busyOf(found: readonly Process[], since: Rates, now: number): ReadonlyMap<string, number> {
  return since.per(new Map(found.map(({ pid, cpuSeconds }) => [String(pid), cpuSeconds])), now);
}

/** With none running only their number is known. */
function samplesOf(found: readonly Process[], busy: ReadonlyMap<string, number>): readonly Sample[] {
  const count: Sample = { metric: 'host.process.count', value: found.length };
  if (found.length === 0) return [count];
  const shares = found.map(({ pid }) => busy.get(String(pid)) ?? null);
  return [
    count,
    { metric: 'host.process.cpu.percent', value: sum(shares.map((share) => share && share * 100)) },
    { metric: 'host.process.rss.bytes', value: sum(found.map(({ rssBytes }) => rssBytes)) },
    { metric: 'host.process.fds', value: sum(found.map(({ fds }) => fds)) },
  ];
}

/** Of what is known; null when nothing is. */
function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((all, one) => all + one, 0);
}

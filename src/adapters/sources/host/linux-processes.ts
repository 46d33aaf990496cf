import { readdir, readFile } from 'node:fs/promises';
import type { FindProcesses, Process } from './processes.ts';

/** `sysconf(_SC_CLK_TCK)`, which is 100 on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;

export const linuxProcesses: FindProcesses = async (wanted) => {
  const pids = (await readdir('/proc')).filter((name) => /^\d{1,10}$/.test(name)).map(Number);
  const found = await Promise.all(pids.map((pid) => processOf(pid, wanted)));
  return found.filter((one) => one !== null);
};

/** Null for one that is not wanted, or that has ended meanwhile. */
async function processOf(pid: number, wanted: Parameters<FindProcesses>[0]): Promise<Process | null> {
  try {
    const commandLine = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
    if (!wanted(pid, commandLine)) return null;
    const [stat, status] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'latin1'),
      readFile(`/proc/${pid}/status`, 'latin1'),
    ]);
    // The name stands in brackets and may hold blanks; utime and stime are the 12th and 13th after it.
    const after = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const rss = /^VmRSS:\s{0,16}(\d{1,15}) kB/m.exec(status)?.[1] ?? '0';
    const ticks = Number(after[11]) + Number(after[12]);
    const fds = await openFiles(pid);
    return { pid, commandLine, cpuSeconds: ticks / TICKS_A_SECOND, rssBytes: 1024 * Number(rss), fds };
  } catch {
    return null;
  }
}

/** Null for a process of another user. */
function openFiles(pid: number): Promise<number | null> {
  return readdir(`/proc/${pid}/fd`).then(
    (names) => names.length,
    () => null,
  );
}

import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from '../../ports/process.ts';

/** Inherited by everything that a command starts, whatever process group or session that goes to. */
const NAME = 'VIGILAI_RUN';
const LOOK_MS = 20;
/** A kill is only a request; what nobody reaps stays a zombie, which has no environment. */
const MOST_LOOKS = 50;

/** The command with a mark of its own, by which `killMarked` finds what it left behind. */
export function marked(command: Command): Command {
  return { ...command, env: { ...command.env, [NAME]: randomUUID() } };
}

/**
 * Kills every process that carries the command's mark and what those have started, until there is none, at most a
 * second. Does nothing for a command without a mark, and where there is no /proc.
 */
export async function killMarked(command: Command): Promise<void> {
  const mark = command.env[NAME];
  if (mark === undefined || process.platform !== 'linux') return;
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const found = withMark(mark);
    if (found.length === 0) return;
    for (const pid of found) kill(pid);
    await wait(LOOK_MS);
  }
}

/** How many processes of a command live; 0 where that cannot be seen. */
export function countMarked(command: Command): number {
  const mark = command.env[NAME];
  return mark === undefined || process.platform !== 'linux' ? 0 : withMark(mark).length;
}

/** Process ids with the mark, and those of their children that have taken it off. */
function withMark(mark: string): readonly number[] {
  const parents = new Map<number, number>();
  const found = new Set<number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    parents.set(pid, parentOf(pid));
    if (read(pid, 'environ').includes(`${NAME}=${mark}`)) found.add(pid);
  }
  let grew = true;
  while (grew) {
    const children = [...parents].filter(([pid, parent]) => found.has(parent) && !found.has(pid));
    for (const [pid] of children) found.add(pid);
    grew = children.length > 0;
  }
  return [...found];
}

/** Fourth field of `stat`; the second is a name in brackets that may hold anything. 0 for what has left. */
function parentOf(pid: number): number {
  const stat = read(pid, 'stat');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

function read(pid: number, file: 'environ' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // it left, or is not ours
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // ESRCH: it left by itself.
  }
}

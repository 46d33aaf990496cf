import { glob, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ended, Run, Sandbox } from '../../ports/process.ts';
import { folderOf } from './package.ts';
import type { Places, Runner, RunnerCommand } from './runner.ts';
import { testEnvironment } from './test-environment.ts';

export interface Confined {
  readonly run: Run;
  readonly sandbox: Sandbox;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Deadline of one command. */
  readonly timeoutMs: number;
  /** Installed packages and environments: readable though they may be below HOME. */
  readonly readable: readonly string[];
}

interface Started extends Confined {
  readonly signal: AbortSignal;
  readonly at: Places;
  readonly network?: boolean;
}

/** A command in the package's folder, which may write the workspace and the places of this run, and nothing else. */
export function runConfined({ argv, env }: RunnerCommand, runner: Runner, started: Started): Promise<Ended> {
  const { run, sandbox, timeoutMs, signal, at, readable, network = false } = started;
  const own = testEnvironment(runner.package, started.env, at.scratch);
  const command = { argv, cwd: folderOf(runner.package), env: { ...own, ...env } };
  const writable = [runner.package.workspace, at.scratch, at.cache];
  const confinement = { writable, readableHome: [...readable, ...runner.readable], network };
  const limits = { timeoutMs, maxOutputBytes: runner.maxOutputBytes };
  return run(sandbox.confine(command, confinement), limits, signal);
}

/** Folders of one run, with our own programs in them; those of this run alone are gone afterwards. */
export async function inPlaces<T>(runner: Runner, run: (at: Places) => Promise<T>): Promise<T> {
  const scratch = await realpath(await mkdtemp(join(tmpdir(), 'vigilai-tests-')));
  const at = { scratch, cache: `${runner.package.workspace}.cache` };
  try {
    await makePlaces(runner, at);
    return await run(at);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function makePlaces(runner: Runner, { scratch, cache }: Places): Promise<void> {
  const folder = folderOf(runner.package);
  for await (const left of glob([...runner.stale], { cwd: folder }))
    await rm(join(folder, left), { recursive: true, force: true });
  for (const place of [join(scratch, 'home'), join(scratch, 'tmp'), cache])
    await mkdir(place, { recursive: true });
  for (const [name, text] of Object.entries(runner.programs)) await writeFile(join(scratch, name), text);
}

import { existsSync, realpathSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Run } from '../../ports/process.ts';
import type { DependencyDeps } from './dependencies.ts';

const PROBE = { timeoutMs: 15_000, maxOutputBytes: 10_000 };

/** The Node that `npm test` would use in the checkout: its own from npm, else the one on PATH, else ours. */
export function nodeOf(deps: Pick<DependencyDeps, 'root' | 'env'>, execPath: string): string {
  const folders = [join(deps.root, 'node_modules', '.bin'), ...pathOf(deps.env)];
  const found = folders.map((folder) => join(folder, 'node')).find((file) => existsSync(file));
  return found === undefined ? execPath : realpathSync(found);
}

/**
 * A Python that has pytest: the project's environment, else `python3` on PATH, else the system's; null when none has.
 * Answers the real interpreter, not a shim that needs the user's HOME.
 */
export async function pythonWithPytest(
  deps: Pick<DependencyDeps, 'root' | 'env'>,
  run: Run,
): Promise<string | null> {
  const own = ['.venv', 'venv']
    .map((name) => join(deps.root, name, 'bin', 'python'))
    .filter((file) => existsSync(file));
  const others = [...pathOf(deps.env).map((folder) => join(folder, 'python3')), '/usr/bin/python3'];
  for (const python of [...own, ...others.filter((file) => existsSync(file))]) {
    const real = await probed(python, deps, run);
    if (real !== null) return own.includes(python) ? python : real;
  }
  return null;
}

async function probed(python: string, deps: Pick<DependencyDeps, 'env'>, run: Run): Promise<string | null> {
  const argv = [python, '-c', 'import pytest, sys; print(sys.executable)'] as const;
  const env = { PATH: deps.env['PATH'] ?? '/usr/bin:/bin', HOME: deps.env['HOME'] ?? '/' };
  const ended = await run({ argv, cwd: '/', env }, PROBE, new AbortController().signal);
  const real = ended.stdout.trim();
  return ended.code === 0 && isAbsolute(real) ? real : null;
}

function pathOf(env: DependencyDeps['env']): readonly string[] {
  return (env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
}

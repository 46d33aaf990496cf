import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { foldersOnPath, type MachineDeps } from '../machine.ts';
import { type Package, parentsOf } from '../package.ts';

const PROBE_LIMITS = { timeoutMs: 15_000, maxOutputBytes: 10_000 };

const MODULES = ['pytest', 'pytest_cov', 'coverage'] as const;
export type Module = (typeof MODULES)[number];

/** A Python of this machine. */
export interface Interpreter {
  readonly path: string;
  /** Of the modules that matter to tests, those it can import. */
  readonly has: readonly Module[];
}

const PROBE = `import importlib.util as u, sys
print(sys.executable, *[m for m in ${JSON.stringify(MODULES)} if u.find_spec(m)], sep='\\n')`;

/**
 * The first Python that can import all of `needed`: the project's environment, then `python3` on PATH and the
 * system's; among those without an environment, one that can measure coverage goes first. Null when none can. The real
 * interpreter is answered, not a shim that needs the user's HOME.
 */
export async function pythonWith(
  needed: readonly Module[],
  pkg: Package,
  deps: MachineDeps,
): Promise<Interpreter | null> {
  for (const path of environmentsOf(pkg, deps)) {
    const found = await probed(path, deps);
    if (found !== null && fits(found, needed)) return { ...found, path };
  }
  const others = [...foldersOnPath(deps.env).map((folder) => join(folder, 'python3')), '/usr/bin/python3'];
  const fitting: Interpreter[] = [];
  for (const path of new Set(others.filter((file) => existsSync(file)))) {
    const found = await probed(path, deps);
    if (found === null || !fits(found, needed)) continue;
    if (found.has.includes('coverage')) return found;
    fitting.push(found);
  }
  return fitting[0] ?? null;
}

/** Environments of the checkout, those of the package first; then the one that is active. */
function environmentsOf(pkg: Package, { root, env }: MachineDeps): readonly string[] {
  const folders = parentsOf(join(pkg.dir, 'x')).flatMap((dir) =>
    ['.venv', 'venv'].map((name) => join(root, dir, name)),
  );
  const active = env['VIRTUAL_ENV'] === undefined ? [] : [env['VIRTUAL_ENV']];
  return [...folders, ...active]
    .map((folder) => join(folder, 'bin', 'python'))
    .filter((file) => existsSync(file));
}

function fits(found: Interpreter, needed: readonly Module[]): boolean {
  return needed.every((module) => found.has.includes(module));
}

async function probed(python: string, { env, run }: MachineDeps): Promise<Interpreter | null> {
  const argv = [python, '-c', PROBE] as const;
  const command = { argv, cwd: '/', env: { PATH: env['PATH'] ?? '/usr/bin:/bin', HOME: env['HOME'] ?? '/' } };
  const ended = await run(command, PROBE_LIMITS, new AbortController().signal);
  const [path = '', ...has] = ended.stdout.trim().split('\n');
  if (ended.code !== 0 || !isAbsolute(path)) return null;
  return { path, has: MODULES.filter((module) => has.includes(module)) };
}

import { existsSync, realpathSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { VigilError } from '../../../domain/errors.ts';
import type { MachineDeps } from '../machine.ts';
import { manifestIn, type Package, parentsOf } from '../package.ts';

const LOCKS = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
];
const INSTALL_MS = 180_000;

export interface PackageDeps extends MachineDeps {
  /** npm may ask its registry. */
  readonly downloads: boolean;
}

/** Where the packages of one folder of the workspace come from. */
export interface Borrowed {
  readonly dir: string;
  readonly nodeModules: string;
}

/**
 * Finds the installed packages that fit the base: those of the user's checkout while its lockfile is the same, else
 * what `npm ci --ignore-scripts` makes beside the workspace, of its cache alone unless downloads are allowed.
 * @throws VigilError `tool_missing` when packages are declared and can be had from neither.
 */
export async function findPackages(pkg: Package, deps: PackageDeps): Promise<readonly Borrowed[]> {
  const found: Borrowed[] = [];
  for (const dir of parentsOf(join(pkg.dir, 'package.json'))) {
    const nodeModules = await packagesFor(dir, pkg.workspace, deps);
    if (nodeModules !== null) found.push({ dir, nodeModules });
  }
  if (found.length > 0 || !(await declaresPackages(pkg.workspace, pkg.dir))) return found;
  const nodeModules = await install(pkg, deps);
  return [{ dir: pkg.dir, nodeModules }];
}

/**
 * Puts them into the tree: a folder of links, so that runners can write their caches beside them. A link of an npm
 * workspace is turned to the workspace's own copy: the user's checkout must not be what is tested.
 */
export async function linkPackages(
  workspace: string,
  root: string,
  borrowed: readonly Borrowed[],
): Promise<void> {
  for (const { dir, nodeModules } of borrowed) {
    const target = join(workspace, dir, 'node_modules');
    if (existsSync(target) || !existsSync(join(workspace, dir))) continue;
    await linkFolder(nodeModules, target, { workspace, root });
  }
}

async function linkFolder(from: string, to: string, at: { workspace: string; root: string }): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    if (/^\.(vite|vitest|cache|package-lock\.json)/.test(name)) continue;
    if (name.startsWith('@')) await linkFolder(join(from, name), join(to, name), at);
    else await symlink(linkTarget(join(from, name), at), join(to, name));
  }
}

function linkTarget(entry: string, { workspace, root }: { workspace: string; root: string }): string {
  if (!existsSync(entry)) return entry;
  const inRoot = relative(realpathSync(root), realpathSync(entry));
  const isOwn = !inRoot.startsWith('..') && !inRoot.split(sep).includes('node_modules');
  return isOwn ? join(workspace, inRoot) : entry;
}

async function packagesFor(dir: string, workspace: string, deps: MachineDeps): Promise<string | null> {
  const nodeModules = join(deps.root, dir, 'node_modules');
  if (!existsSync(nodeModules)) return null;
  return (await isSameInstall(join(workspace, dir), join(deps.root, dir))) ? realpathSync(nodeModules) : null;
}

/** The same lockfile; without one in the folder, the same declared packages. */
async function isSameInstall(base: string, checkout: string): Promise<boolean> {
  const lock = LOCKS.find((name) => existsSync(join(base, name)) || existsSync(join(checkout, name)));
  if (lock !== undefined) return (await textOf(join(base, lock))) === (await textOf(join(checkout, lock)));
  const [ours, theirs] = [await manifestIn(base), await manifestIn(checkout)];
  const declared = [ours, theirs].map((one) => JSON.stringify([one?.dependencies, one?.devDependencies]));
  return declared[0] === declared[1];
}

async function declaresPackages(workspace: string, dir: string): Promise<boolean> {
  const manifest = await manifestIn(join(workspace, dir));
  return Object.keys({ ...manifest?.dependencies, ...manifest?.devDependencies }).length > 0;
}

async function install(pkg: Package, deps: PackageDeps): Promise<string> {
  const { workspace, dir } = pkg;
  const folder = join(`${workspace}.deps`, dir);
  const what = 'the packages that the base commit needs are not installed';
  const hint = 'Run `npm ci` in a checkout of that commit, then try the fix again.';
  if (!existsSync(join(workspace, dir, 'package-lock.json'))) {
    throw new VigilError('tool_missing', { what, why: 'the lockfile differs from the checkout', hint });
  }
  await mkdir(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json'])
    await copyFile(join(workspace, dir, name), join(folder, name));
  const source = deps.downloads ? '--prefer-offline' : '--offline';
  const argv = ['npm', 'ci', source, '--ignore-scripts', '--no-audit', '--no-fund'] as const;
  const env = { PATH: deps.env['PATH'] ?? '/usr/bin:/bin', HOME: deps.env['HOME'] ?? folder };
  const limits = { timeoutMs: INSTALL_MS, maxOutputBytes: 100_000 };
  const ended = await deps.run({ argv, cwd: folder, env }, limits, new AbortController().signal);
  if (ended.code === 0) return join(folder, 'node_modules');
  const why = `npm ci ${source}: ${ended.stderr.split('\n').find((line) => /error|ENOTCACHED/i.test(line)) ?? ended.exit}`;
  throw new VigilError('tool_missing', { what, why, hint });
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}

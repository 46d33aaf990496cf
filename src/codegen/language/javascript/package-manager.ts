import { parse } from 'yaml';
import { z } from 'zod';
import type { PackageManager, Told } from '../../../domain/project.ts';
import { globMatches } from '../../guard/protected-paths.ts';
import type { Package } from '../package.ts';
import { agreed, certain, guessed } from '../told.ts';
import { type Manifest, manifestOf } from './manifest.ts';

type NodeManager = Extract<PackageManager, 'npm' | 'pnpm' | 'yarn' | 'bun'>;

const LOCKS: readonly (readonly [NodeManager, string])[] = [
  ['pnpm', 'pnpm-lock.yaml'],
  ['pnpm', 'pnpm-workspace.yaml'],
  ['yarn', 'yarn.lock'],
  ['bun', 'bun.lock'],
  ['bun', 'bun.lockb'],
  ['npm', 'package-lock.json'],
  ['npm', 'npm-shrinkwrap.json'],
];

/** The package's own, else that of the workspace which it is a member of. */
export async function packageManagerOf(found: Package, manifest: Manifest): Promise<Told<PackageManager>> {
  const own = ownManager(found, manifest);
  if (own !== null) return own;
  for (const outer of found.around) {
    const theirs = await manifestOf(outer);
    const manager = ownManager(outer, theirs);
    if (manager === null) continue;
    const isMember = (await membersOf(outer, theirs)).some((glob) => isMatch(glob, outer.dir, found.dir));
    const because = `${manager.because} of ${outer.dir === '' ? 'the root' : outer.dir}`;
    return isMember ? { ...manager, because } : guessed(manager.value, because);
  }
  return guessed('npm', 'no lockfile');
}

function ownManager(found: Package, manifest: Manifest): Told<PackageManager> | null {
  const said = /^(npm|pnpm|yarn|bun)@/.exec(manifest.packageManager ?? '')?.[1];
  const named = LOCKS.find(([manager]) => manager === said)?.[0];
  if (named !== undefined) return certain(named, `package.json: packageManager ${manifest.packageManager}`);
  return agreed(LOCKS.filter(([, name]) => found.has(name)).map(([manager, name]) => certain(manager, name)));
}

const workspaceSchema = z.object({ packages: z.array(z.string()).catch([]) });

/** Globs of the members of a workspace, relative to its root. */
async function membersOf(root: Package, manifest: Manifest): Promise<readonly string[]> {
  const text = root.has('pnpm-workspace.yaml') ? await root.read('pnpm-workspace.yaml') : null;
  if (text === null) return manifest.workspaces ?? [];
  try {
    return workspaceSchema.parse(parse(text)).packages;
  } catch {
    return []; // a broken file has no members
  }
}

function isMatch(glob: string, root: string, dir: string): boolean {
  const inner = root === '' ? dir : dir.slice(root.length + 1);
  return globMatches(glob.replace(/^\.\//, '').replace(/\/$/, ''), inner);
}

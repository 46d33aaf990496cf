import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { VigilError } from '../../domain/errors.ts';
import type { Tree, Workspace, Workspaces } from '../../ports/workspace.ts';
import { makeGitDir, originOf, plantGitDir } from './git-dir.ts';
import { type Isolated, inGitDir, inTree } from './isolated.ts';
import type { GitDeps } from './isolated-git.ts';
import { publishInto } from './publish.ts';
import { emptyFolder, removeTree } from './remove-tree.ts';
import { changesBetween } from './sealed-changes.ts';
import { workspaceFiles } from './workspace-files.ts';
import { newFolder, removeLeftovers } from './workspace-folders.ts';

export interface WorkspaceOptions extends GitDeps {
  /** The user's checkout. Only `publish` writes there, and only one ref. */
  readonly root: string;
  /** Folder of all workspaces, in the state folder. */
  readonly workspacesDir: string;
}

/**
 * Isolated clones that share the objects of the user's repository and nothing else. All our own git work uses a git
 * dir beside the tree, so nothing that an agent does to the `.git` it sees (refs, index, config, hooks) is believed.
 */
export function gitWorkspaces(options: WorkspaceOptions): Workspaces {
  return {
    async open(baseCommit, slug) {
      const isolated = await openIsolated(options, baseCommit, slug);
      return workspaceOf(isolated, null);
    },
  };
}

/** A new folder with its git and the base commit checked out. */
export async function openIsolated(options: WorkspaceOptions, base: string, slug: string): Promise<Isolated> {
  await removeLeftovers(options.workspacesDir);
  const origin = await originOf(options, options.root);
  const folder = await newFolder(options.workspacesDir, slug);
  const at = { folder, tree: join(folder, 'tree'), gitDir: join(folder, 'git'), base };
  const isolated: Isolated = { deps: options, origin, ...at };
  try {
    await mkdir(isolated.tree, { mode: 0o700 });
    await makeGitDir(options, origin, { gitDir: isolated.gitDir, base });
    await putTree(isolated, base, []);
  } catch (error) {
    await removeTree(folder);
    throw error;
  }
  return isolated;
}

/** `change` is a commit or tree that is sealed from the beginning. */
export function workspaceOf(isolated: Isolated, change: string | null): Workspace {
  let sealed = change;
  const requireSealed = (): string => {
    if (sealed === null) throw new Error('the workspace is used as if it were sealed');
    return sealed;
  };
  return {
    path: isolated.tree,
    baseCommit: isolated.base,
    files: workspaceFiles(isolated),
    async seal() {
      sealed = await treeOf(isolated);
      return changesBetween(isolated, sealed);
    },
    async patch() {
      const args = [
        'diff-tree',
        '-p',
        '--binary',
        '--full-index',
        '--no-renames',
        '--no-ext-diff',
        '--no-textconv',
      ];
      return inGitDir(isolated, [...args, isolated.base, requireSealed()]);
    },
    checkout: (tree) => checkout(isolated, tree, requireSealed),
    publish: (branch, message) => publishInto(isolated, requireSealed(), { branch, message }),
    dispose: () => removeTree(isolated.folder),
  };
}

/** The tree as it stands, as a git tree object, through a fresh index: ignored files are left out. */
async function treeOf(isolated: Isolated): Promise<string> {
  const { tree } = isolated;
  if (!(await lstat(tree)).isDirectory()) {
    throw new VigilError('refused', { what: 'the agent replaced the folder of its workspace' });
  }
  await inTree(isolated, 'seal.index', ['read-tree', isolated.base]);
  await inTree(isolated, 'seal.index', ['add', '--all', '--', '.']);
  return (await inTree(isolated, 'seal.index', ['write-tree'])).trim();
}

async function checkout(isolated: Isolated, tree: Tree, sealed: () => string): Promise<void> {
  switch (tree.tree) {
    case 'base':
      return putTree(isolated, isolated.base, []);
    case 'fix':
      return putTree(isolated, sealed(), []);
    case 'base_with':
      return putTree(isolated, isolated.base, await entriesOf(isolated, sealed(), tree.paths));
    case 'fix_with':
      await putTree(isolated, sealed(), []);
      for (const [file, text] of Object.entries(tree.texts)) await workspaceFiles(isolated).write(file, text);
  }
}

/**
 * Builds the tree from nothing, so that no file of an earlier run, ignored or planted, is left to influence the next.
 * `entries` are laid over it in the form of `update-index --index-info`.
 */
export async function putTree(
  isolated: Isolated,
  treeish: string,
  entries: readonly string[],
): Promise<void> {
  const { deps, origin, tree, base } = isolated;
  await emptyFolder(tree);
  await inTree(isolated, 'tree.index', ['read-tree', treeish]);
  if (entries.length > 0) {
    const input = entries.map((entry) => `${entry}\0`).join('');
    await inTree(isolated, 'tree.index', ['update-index', '-z', '--index-info'], input);
  }
  await inTree(isolated, 'tree.index', ['checkout-index', '--all', '--force', '--quiet']);
  await plantGitDir(deps, origin, { tree, base });
}

/** Index entries of the paths as sealed; a path that the fix deletes is an entry of mode 0. */
async function entriesOf(
  isolated: Isolated,
  sealed: string,
  paths: readonly string[],
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const listed = (await inGitDir(isolated, ['ls-tree', '-r', '-z', sealed])).split('\0');
  const byPath = new Map(listed.map((line) => [line.slice(line.indexOf('\t') + 1), line]));
  return paths.map((path) => byPath.get(path) ?? `0 ${'0'.repeat(isolated.base.length)}\t${path}`);
}

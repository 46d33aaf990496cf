import { lstat, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { VigilError } from '../../domain/errors.ts';
import type { EditableFiles } from '../../ports/files.ts';
import { type Isolated, inTree } from './isolated.ts';
import { readInside } from './read-inside.ts';

const MAX_FILE_BYTES = 1_048_576;

/** The files of a workspace's tree. What is written stays in the tree, whatever links an agent has put there. */
export function workspaceFiles(isolated: Isolated): EditableFiles {
  const { tree } = isolated;
  return {
    async files() {
      const listed = await inTree(isolated, 'tree.index', ['ls-files', '-z']);
      return listed.split('\0').filter((file) => file !== '');
    },
    read: (file, mostBytes = MAX_FILE_BYTES) => readInside(tree, file, mostBytes),
    async write(file, text) {
      const path = await placeOf(tree, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    },
  };
}

/** @throws VigilError `refused` where the way leads through a link, `.git`, or out of the tree. */
async function placeOf(tree: string, file: string): Promise<string> {
  const parts = file.split('/');
  if (parts.some((part) => ['', '.', '..', '.git'].includes(part))) refuse(file);
  let path = tree;
  for (const part of parts) {
    path = join(path, part);
    const there = await lstat(path).catch(() => null);
    if (there?.isSymbolicLink() === true) refuse(file);
  }
  return path;
}

function refuse(file: string): never {
  throw new VigilError('refused', { what: `${JSON.stringify(file)} leads out of the workspace` });
}

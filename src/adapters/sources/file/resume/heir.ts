import type { Cursor } from '../../../../ports/source.ts';
import type { Tail } from '../tail.ts';
import { inodeIn } from './identity.ts';
import { markOf } from './mark.ts';
import { type Likeness, openTail } from './open-tail.ts';
import { isPackedRest, type Packed, unreadPacked } from './packed.ts';
import { isRotatedName, type Sibling, type Siblings, youngerThan } from './rotated.ts';

/** Where lines are still to be read: a file, or one that is packed. */
export type Rest =
  | { readonly kind: 'file'; readonly tail: Tail; readonly where: string }
  | { readonly kind: 'packed'; readonly packed: Packed };

/** What rotation has made of a file. */
export interface Heir {
  readonly rest: Rest;
  /** The file in which it lies now. */
  readonly sibling: Sibling;
  /** The name that it had. */
  readonly path: string;
}

/**
 * Looks for the file of `cursor`, which has lost its name, in its folder: it was renamed (the same inode), copied and then
 * truncated, or packed (the same first bytes, and a line ends where the cursor stands).
 */
export async function heirOf(cursor: Cursor, siblings: Siblings): Promise<Heir | 'nowhere' | 'unreadable'> {
  const path = markOf(cursor)?.path;
  if (path === undefined) return 'nowhere';
  const all = await siblings(path);
  // A folder that cannot be listed may come back (a disk that is not mounted yet), with the file in it.
  return all === null ? 'unreadable' : findAmong(all, cursor, path);
}

/** What was written after it, under the same name, and rotated as well before anybody read it: oldest first. */
export async function unreadSince(
  { sibling, path }: Heir,
  siblings: Siblings,
  isRead: (file: Sibling) => boolean,
): Promise<readonly Rest[]> {
  const rests: Rest[] = [];
  for (const one of youngerThan(path, sibling, (await siblings(path)) ?? [])) {
    const rest = isRead(one) ? null : await unread(one, path);
    if (rest !== null) rests.push(rest);
  }
  return rests;
}

async function findAmong(
  all: readonly Sibling[],
  cursor: Cursor,
  path: string,
): Promise<Heir | 'nowhere' | 'unreadable'> {
  const inode = inodeIn(cursor.stream);
  const rotated = all
    .filter((one) => isRotatedName(path, one.path))
    .toSorted((a, b) => b.modified - a.modified);
  const emptied = all.some((one) => one.path === path && one.inode === inode);
  for (const sibling of all.filter((one) => one.inode === inode && one.path !== path)) {
    const tail = await opened(sibling, cursor, 'same file');
    if (tail === 'unreadable') return tail;
    if (tail !== null) return { rest: fileRest(tail, path), sibling, path };
  }
  for (const sibling of rotated) {
    if (sibling.path.endsWith('.gz')) {
      if (await isPackedRest(sibling.path, cursor)) {
        return { rest: { kind: 'packed', packed: { path: sibling.path, cursor } }, sibling, path };
      }
    } else if (emptied) {
      const tail = await opened(sibling, cursor, 'same beginning');
      if (tail === 'unreadable') return tail;
      if (tail !== null) return { rest: fileRest(tail, path), sibling, path };
    }
  }
  return 'nowhere';
}

async function opened(
  { path }: Sibling,
  cursor: Cursor,
  likeness: Likeness,
): Promise<Tail | null | 'unreadable'> {
  const found = await openTail(path, () => [cursor], likeness);
  if (found.state === 'unreadable') return 'unreadable';
  if (found.state !== 'open') return null;
  const { tail } = found;
  if (tail.stream === cursor.stream) return tail;
  await tail.park();
  return null;
}

/** A generation of `name` that nobody has read; null when there is nothing in it, or it is no log. */
async function unread(sibling: Sibling, name: string): Promise<Rest | null> {
  if (sibling.path.endsWith('.gz')) {
    const packed = await unreadPacked(sibling, name);
    return packed === null ? null : { kind: 'packed', packed };
  }
  const found = await openTail(sibling.path, () => []);
  return found.state === 'open' ? fileRest(found.tail, name) : null;
}

/** It lies elsewhere, and is still known by the name that it had. */
function fileRest(tail: Tail, name: string): Rest {
  const where = tail.path();
  tail.rename(name);
  tail.moved(where);
  return { kind: 'file', tail, where };
}

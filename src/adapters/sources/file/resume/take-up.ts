import { stat } from 'node:fs/promises';
import type { Cursor } from '../../../../ports/source.ts';
import { discover } from '../names/discover.ts';
import type { Pattern } from '../names/patterns.ts';
import { reasonOf } from '../reason.ts';
import { type Heir, heirOf, type Rest, unreadSince } from './heir.ts';
import { inodeIn, inodeOf } from './identity.ts';
import { markOf } from './mark.ts';
import { openTail } from './open-tail.ts';
import { siblingsOnce } from './rotated.ts';

/** What became of the streams of an earlier run. Those whose files the patterns still name are in neither list. */
export interface TakenUp {
  /** To be read out in this order: what was rotated to a name that the patterns do not know. */
  readonly rests: readonly Rest[];
  /** Deleted, or written over: nothing is left to read. */
  readonly lost: readonly Cursor[];
}

/** Looks for the files of `cursors`: under their own names, under others that the patterns know, then beside them. */
export async function takeUp(cursors: readonly Cursor[], patterns: readonly Pattern[]): Promise<TakenUp> {
  const rests: Rest[] = [];
  const lost: Cursor[] = [];
  const ours = cursors.flatMap((cursor) => {
    const path = markOf(cursor)?.path;
    return path === undefined ? [] : [{ cursor, path }];
  });
  if (ours.length === 0) return { rests, lost };
  const named = await lookUp([...(await discover(patterns)).files, ...ours.map(({ path }) => path)]);
  const heirs: Heir[] = [];
  const siblings = siblingsOnce();
  for (const { cursor, path } of ours) {
    if (named.unreadable.has(path) || (await isHere(cursor, named))) continue;
    const heir = await heirOf(cursor, siblings);
    if (heir === 'nowhere') lost.push(cursor);
    if (typeof heir !== 'string') heirs.push(heir);
  }
  const read = new Set([...named.byInode.keys(), ...heirs.map(({ sibling }) => sibling.inode)]);
  // What nobody has read is younger than all that were read: generations are read, and end, in the order they were written.
  const inOrder = heirs.toSorted((a, b) => a.sibling.modified - b.sibling.modified);
  rests.push(...inOrder.map(({ rest }) => rest));
  for (const heir of inOrder) {
    const younger = await unreadSince(heir, siblings, ({ inode }) => read.has(inode));
    for (const rest of younger) read.add(inodeIn(streamOf(rest)));
    rests.push(...younger);
  }
  return { rests, lost };
}

/** Of a file that nobody has read the inode in it is its own, packed or not. */
function streamOf(rest: Rest): string {
  return rest.kind === 'file' ? rest.tail.stream : rest.packed.cursor.stream;
}

interface Named {
  readonly byInode: ReadonlyMap<string, string>;
  readonly unreadable: ReadonlySet<string>;
}

async function lookUp(paths: readonly string[]): Promise<Named> {
  const byInode = new Map<string, string>();
  const unreadable = new Set<string>();
  for (const path of new Set(paths)) {
    try {
      byInode.set(inodeOf(await stat(path)), path);
    } catch (error) {
      if (reasonOf(error) !== 'ENOENT') unreadable.add(path);
    }
  }
  return { byInode, unreadable };
}

async function isHere(cursor: Cursor, { byInode }: Named): Promise<boolean> {
  const path = byInode.get(inodeIn(cursor.stream));
  if (path === undefined) return false;
  const opened = await openTail(path, () => [cursor]);
  if (opened.state !== 'open') return opened.state === 'unreadable';
  await opened.tail.park();
  return opened.tail.stream === cursor.stream && opened.tail.cursor().offset === cursor.offset;
}

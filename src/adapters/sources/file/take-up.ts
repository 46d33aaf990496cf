import { stat } from 'node:fs/promises';
import type { Cursor } from '../../../ports/source.ts';
import { discover, siblings } from './discover.ts';
import { markOf } from './mark.ts';
import type { Pattern } from './patterns.ts';
import { openTail, reasonOf, type Tail } from './tail.ts';

/** What became of the streams of an earlier run. Those whose files the patterns still name are in neither list. */
export interface TakenUp {
  /** Renamed to a name that the patterns do not know: to be read out. */
  readonly renamed: readonly Tail[];
  /** Deleted, or written over: nothing is left to read. */
  readonly lost: readonly Cursor[];
}

/** Looks for the files of `cursors`: under their own names, under others that the patterns know, then beside them. */
export async function takeUp(cursors: readonly Cursor[], patterns: readonly Pattern[]): Promise<TakenUp> {
  const named = cursors.length === 0 ? [] : await discover(patterns);
  const renamed: Tail[] = [];
  const lost: Cursor[] = [];
  for (const cursor of cursors) {
    const path = markOf(cursor)?.path;
    if (path === undefined) continue;
    const here = await find(cursor, [path, ...named]);
    if (typeof here === 'object') await here.close();
    if (here !== 'nowhere') continue;
    const others = await siblings(path);
    const beside = await find(cursor, others ?? []);
    if (typeof beside === 'object') {
      beside.rename(path);
      renamed.push(beside);
    } else if (beside === 'nowhere' && others !== null) {
      // A folder that cannot be listed may come back (a disk that is not mounted yet), with the file in it.
      lost.push(cursor);
    }
  }
  return { renamed, lost };
}

async function find(cursor: Cursor, paths: readonly string[]): Promise<Tail | 'nowhere' | 'unreadable'> {
  for (const path of paths) {
    const inode = await inodeOf(path);
    if (inode === null) return 'unreadable';
    if (inode === '' || !cursor.stream.startsWith(inode)) continue;
    const opened = await openTail(path, [cursor]);
    if (opened.state === 'unreadable') return 'unreadable';
    if (opened.state !== 'open') continue;
    if (opened.tail.stream === cursor.stream) return opened.tail;
    await opened.tail.close();
  }
  return 'nowhere';
}

/** How the identity of this file begins; empty when there is none, null when that cannot be told. */
async function inodeOf(path: string): Promise<string | null> {
  try {
    const { dev, ino } = await stat(path);
    return `${dev}:${ino}:`;
  } catch (error) {
    return reasonOf(error) === 'ENOENT' ? '' : null;
  }
}

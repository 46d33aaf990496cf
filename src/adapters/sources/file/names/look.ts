import { stat } from 'node:fs/promises';
import type { Cursor } from '../../../../ports/source.ts';
import { reasonOf } from '../reason.ts';
import { heirOf, type Rest, unreadSince } from '../resume/heir.ts';
import { inodeOf } from '../resume/identity.ts';
import { type Opened, openTail } from '../resume/open-tail.ts';
import { type Sibling, type Siblings, siblingsOnce } from '../resume/rotated.ts';
import { enter, fail, forget, giveName, type Room, readLater, takeName, unremember, use } from '../room.ts';
import type { Tail } from '../tail.ts';
import { concerns } from './patterns.ts';

/**
 * Looks at these paths: files that have lost theirs leave, those that have changed are due, new ones are opened, and what
 * was renamed to one of them is found again. Names are first taken away, then given: a look may see several rotations.
 */
export async function lookAt(paths: readonly string[], now: number, room: Room): Promise<void> {
  const siblings = siblingsOnce();
  const nameless: Seen[] = [];
  for (const path of paths) {
    const seen = await see(path);
    const tail = room.named.get(path);
    if (seen.reason !== null) room.errors.set(path, `${path} cannot be read: ${seen.reason}`);
    else if (seen.inode === null) room.errors.delete(path);
    if (tail === undefined) nameless.push(seen);
    else if (seen.inode === tail.inode) noteChange(tail, seen, room);
    else if (seen.reason === null) {
      await leave(tail, { now, siblings }, room);
      nameless.push(seen);
    }
  }
  for (const seen of nameless) await takeIn(seen, room);
}

interface Seen {
  readonly path: string;
  /** Null when there is nothing, or it cannot be told. */
  readonly inode: string | null;
  readonly stamp: string;
  readonly reason: string | null;
}

async function see(path: string): Promise<Seen> {
  try {
    const stats = await stat(path);
    return { path, inode: inodeOf(stats), stamp: `${stats.size} ${stats.mtimeMs}`, reason: null };
  } catch (error) {
    const reason = reasonOf(error);
    return { path, inode: null, stamp: '', reason: reason === 'ENOENT' ? null : reason };
  }
}

function noteChange(tail: Tail, { stamp }: Seen, { stamps, due }: Room): void {
  if (stamps.get(tail) !== stamp) due.add(tail);
  stamps.set(tail, stamp);
}

interface Leaving {
  readonly now: number;
  readonly siblings: Siblings;
}

/** Its name belongs to another file, or to nobody. What was written and rotated away after it is read as well. */
async function leave(tail: Tail, { now, siblings }: Leaving, room: Room): Promise<void> {
  takeName(room, tail);
  room.leaving.set(tail, now);
  const heir = await heirOf(tail.cursor(), siblings);
  if (heir === 'unreadable' && !tail.isOpen())
    await fail(room, tail, new Error('its folder cannot be listed'));
  if (heir === 'nowhere' && !tail.isOpen()) room.gone.push(tail);
  if (typeof heir === 'string') return;
  const { rest } = heir;
  if (tail.isOpen()) await release(rest);
  else if (rest.kind === 'file') {
    tail.moved(rest.where);
    await release(rest);
  } else {
    await forget(room, tail);
    readLater(room, rest.packed);
  }
  const isRead = ({ inode, path }: Sibling) =>
    room.inodes.has(inode) || room.known.has(inode) || room.patterns.some((one) => concerns(one, path, true));
  for (const one of await unreadSince(heir, siblings, isRead)) await adopt(one, now, room);
}

async function release(rest: Rest): Promise<void> {
  if (rest.kind === 'file') await rest.tail.park();
}

/** Takes in what has lost its name before it was ever seen, or while nobody read. */
export async function adopt(rest: Rest, now: number, room: Room): Promise<void> {
  if (rest.kind === 'packed') {
    unremember(room, rest.packed.cursor.stream);
    readLater(room, rest.packed);
  } else if (room.tails.has(rest.tail.stream)) {
    await rest.tail.park();
  } else {
    enter(room, rest.tail);
    room.leaving.set(rest.tail, now);
    await use(room, rest.tail);
  }
}

async function takeIn({ path, inode, stamp }: Seen, room: Room): Promise<void> {
  const { inodes, leaving, tails } = room;
  const isRead = (one: Tail | undefined) => one !== undefined && !leaving.has(one);
  if (inode === null || isRead(inodes.get(inode))) return; // nothing there, or another name of a file that is read
  const opened = await openTail(path, (found) => cursorsOf(found, room));
  noteProblem(path, opened, room);
  if (opened.state !== 'open') return;
  const { tail } = opened;
  const before = tails.get(tail.stream);
  if (before === undefined && !isRead(inodes.get(tail.inode))) {
    enter(room, tail);
    giveName(room, tail, path);
    room.stamps.set(tail, stamp);
    await use(room, tail);
    return;
  }
  await tail.park();
  // A copy of what was truncated may still be read under the same stream: then this one has to wait.
  if (before === undefined || before.inode !== tail.inode || !leaving.delete(before)) return;
  giveName(room, before, path);
}

function cursorsOf(inode: string, { inodes, known }: Room): readonly Cursor[] {
  const leaving = inodes.get(inode);
  const closed = known.get(inode) ?? [];
  return leaving === undefined ? closed : [leaving.cursor(), ...closed];
}

function noteProblem(path: string, opened: Opened, { errors, patterns }: Room): void {
  const problem = problemOf(path, opened);
  const named = patterns.some((pattern) => pattern.path === path);
  if (problem === null || (opened.state === 'folder' && !named)) errors.delete(path);
  else errors.set(path, problem);
}

function problemOf(path: string, opened: Opened): string | null {
  switch (opened.state) {
    case 'unreadable':
      return `${path} cannot be read: ${opened.reason}`;
    case 'folder':
      return `${path} is a folder: name a file in it, or ${path}/*.log`;
    case 'binary':
      return `${path} is binary and is not read`;
    case 'open':
    case 'empty':
    case 'missing':
      return null;
  }
}

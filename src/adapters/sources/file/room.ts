import type { Cursor, SourceHealth } from '../../../ports/source.ts';
import type { Pattern } from './names/patterns.ts';
import { reasonOf } from './reason.ts';
import { inodeIn } from './resume/identity.ts';
import { markOf } from './resume/mark.ts';
import type { Packed } from './resume/packed.ts';
import type { Tail } from './tail.ts';

/**
 * The files of one source. Each has its name, or is leaving (the name belongs to another file, or to nobody: it is read
 * out), or is gone.
 */
export interface Room {
  readonly patterns: readonly Pattern[];
  /** By stream. */
  readonly tails: Map<string, Tail>;
  /** By path: those that have their name. */
  readonly named: Map<string, Tail>;
  /** By the path of the file itself, which differs where a name is a link: changes are signed under it. */
  readonly reals: Map<string, Tail>;
  readonly inodes: Map<string, Tail>;
  /** Since when each of them has brought nothing, epoch ms; in the order in which they lost their names. */
  readonly leaving: Map<Tail, number>;
  /** Nothing of it can be read any more, but what is held is still to be told. */
  readonly gone: Tail[];
  /** To be read out. */
  readonly packed: PackedRest[];
  /** Read out, and to be told so once all older generations have ended. */
  readonly ends: PackedRest[];
  /** Cursors of files that are not in `tails`, by inode. */
  readonly known: Map<string, readonly Cursor[]>;
  /** What was seen last of each file: when that changes, it is due. */
  readonly stamps: Map<Tail, string>;
  readonly due: Set<Tail>;
  /** Those whose descriptors are open, the one used longest ago first. */
  readonly handles: Set<Tail>;
  /** By path. */
  readonly errors: Map<string, string>;
  /** What was lost for good, in words. */
  loss: string | null;
  /** Lines that were cut in files that are closed. */
  cut: number;
  state: SourceHealth['state'];
}

/** A packed generation, and those of its name that are older and still leaving. */
export interface PackedRest {
  readonly packed: Packed;
  readonly older: readonly Tail[];
}

export function emptyRoom(patterns: readonly Pattern[], from: readonly Cursor[], cut: number): Room {
  const room: Room = {
    patterns,
    tails: new Map(),
    named: new Map(),
    reals: new Map(),
    inodes: new Map(),
    leaving: new Map(),
    gone: [],
    packed: [],
    ends: [],
    known: new Map(),
    stamps: new Map(),
    due: new Set(),
    handles: new Set(),
    errors: new Map(),
    loss: null,
    cut,
    state: 'waiting',
  };
  for (const cursor of from) remember(room, cursor);
  return room;
}

function remember({ known }: Room, cursor: Cursor): void {
  const inode = inodeIn(cursor.stream);
  known.set(inode, [...(known.get(inode) ?? []).filter(({ stream }) => stream !== cursor.stream), cursor]);
}

export function unremember({ known }: Room, stream: string): void {
  const inode = inodeIn(stream);
  const rest = (known.get(inode) ?? []).filter((cursor) => cursor.stream !== stream);
  if (rest.length === 0) known.delete(inode);
  else known.set(inode, rest);
}

/** To be called in the order in which the generations of a name were written. */
export function readLater({ packed: all, leaving }: Room, packed: Packed): void {
  const name = markOf(packed.cursor)?.path;
  all.push({ packed, older: [...leaving.keys()].filter((tail) => tail.path() === name) });
}

/** Generations of one name end in their order: then a restart finds the younger ones again from the oldest that is left. */
export function mayEnd({ leaving }: Room, { older }: PackedRest): boolean {
  return !older.some((tail) => leaving.has(tail));
}

export function enter(room: Room, tail: Tail): void {
  unremember(room, tail.stream);
  room.tails.set(tail.stream, tail);
  room.reals.set(tail.real, tail);
  room.inodes.set(tail.inode, tail);
  room.due.add(tail);
}

export function giveName({ named }: Room, tail: Tail, path: string): void {
  tail.rename(path);
  named.set(path, tail);
}

export function takeName({ named }: Room, tail: Tail): void {
  if (named.get(tail.path()) === tail) named.delete(tail.path());
}

/** Closes it and knows nothing of it any more. */
export async function forget(room: Room, tail: Tail): Promise<void> {
  takeName(room, tail);
  if (room.tails.get(tail.stream) === tail) room.tails.delete(tail.stream);
  if (room.reals.get(tail.real) === tail) room.reals.delete(tail.real);
  if (room.inodes.get(tail.inode) === tail) room.inodes.delete(tail.inode);
  room.leaving.delete(tail);
  room.stamps.delete(tail);
  room.due.delete(tail);
  room.handles.delete(tail);
  room.cut += tail.tooLong();
  await tail.park();
}

/** It cannot be read now: closed, and opened again where it stood by a later look. */
export async function fail(room: Room, tail: Tail, error: unknown): Promise<void> {
  room.errors.set(tail.path(), `${tail.path()} cannot be read: ${reasonOf(error)}`);
  await forget(room, tail).catch(() => undefined); // the same disease
  remember(room, tail.cursor());
}

/** Files that may have something new, each told once, and all that are leaving. */
export function takeDue({ due, leaving }: Room): ReadonlySet<Tail> {
  const all = new Set([...due, ...leaving.keys()]);
  due.clear();
  return all;
}

/** Descriptors are a scarce thing of the process: files beyond so many are closed, and opened again when they grow. */
const MOST_OPEN = 200;

/** It is about to be read. */
export async function use({ handles, leaving }: Room, tail: Tail): Promise<void> {
  handles.delete(tail);
  handles.add(tail);
  if (handles.size <= MOST_OPEN) return;
  for (const longest of handles) {
    if (longest === tail || leaving.has(longest)) continue;
    handles.delete(longest);
    await longest.park();
    return;
  }
}

export function healthOf({ errors, loss, tails, state, cut }: Room): SourceHealth {
  const lastError = errors.values().next().value ?? loss;
  const failing = lastError !== null && tails.size === 0 && state !== 'ended';
  let lagBytes = 0;
  let dropped = cut;
  for (const tail of tails.values()) {
    lagBytes += tail.lagBytes();
    dropped += tail.tooLong();
  }
  return { state: failing ? 'failing' : state, lagBytes, streams: tails.size, dropped, lastError };
}

import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Room } from '../room.ts';
import { apart, type Looks, type Run } from '../run.ts';
import { discover } from './discover.ts';
import { lookAt } from './look.ts';
import { concerns } from './patterns.ts';
import type { Wants } from './wake.ts';

/** All names are looked at so often where the file system gives no signs. */
const LOOK_MS = 250;
/** And so often at most where it does. */
const SIGNED_LOOK_MS = 20;
/** Looking takes at most this part of the time, so thousands of files are looked at less often. */
const LOOKING = 1 / 50;
const SIGNED_LOOKING = 1 / 10;

/** Ms until all names are to be looked at again; 0 for now. */
export function untilLook({ at, tookMs, wanted }: Looks, now: number): number {
  if (at === null) return 0;
  const often = wanted
    ? Math.max(SIGNED_LOOK_MS, tookMs / SIGNED_LOOKING)
    : Math.max(LOOK_MS, tookMs / LOOKING);
  return Math.max(0, often - apart(now, at));
}

/** Looks at all names, and whether the writers have said that nothing more will come. */
export async function lookAround({ room, wake, looks, clock, endMarker }: Run): Promise<void> {
  const began = clock.now();
  looks.wanted = false;
  const { files, folders } = await discover(room.patterns);
  const attend = () => wake.watch(foldersOf(room, folders, endMarker));
  attend(); // before they are looked at: what comes in between gives a sign
  looks.over = await exists(endMarker);
  const paths = new Set([...files, ...room.named.keys()]);
  for (const path of room.errors.keys()) if (!paths.has(path)) room.errors.delete(path);
  await lookAt([...paths], began, room);
  attend();
  looks.at = clock.now();
  looks.tookMs = apart(looks.at, began);
}

function foldersOf(
  { reals }: Room,
  folders: ReadonlySet<string>,
  endMarker: string | null,
): ReadonlySet<string> {
  const all = new Set(folders);
  for (const path of reals.keys()) all.add(dirname(path));
  if (endMarker !== null) all.add(dirname(endMarker));
  return all;
}

/** Which signs are worth waking for: of files that are read or should be, and of folders that lead to some. */
export function wants({ room, endMarker }: Pick<Run, 'room' | 'endMarker'>): Wants {
  return (event, path) =>
    room.named.has(path) ||
    room.reals.has(path) ||
    path === endMarker ||
    isNamed(room, path) ||
    (event === 'rename' && room.patterns.some((pattern) => concerns(pattern, path, false)));
}

/** Follows the signs: what has changed is due, what appeared or went is looked at. */
export async function heed({ room, wake, looks, clock }: Run): Promise<void> {
  const { changed, renamed } = wake.take();
  const names: string[] = [];
  for (const path of changed) {
    const tail = room.named.get(path) ?? room.reals.get(path);
    if (tail !== undefined) room.due.add(tail);
    else names.push(path);
  }
  for (const path of renamed) {
    const tail = room.reals.get(path);
    if (tail !== undefined && tail.path() !== path) names.push(tail.path());
    if (isNamed(room, path)) names.push(path);
    else looks.wanted = true;
  }
  if (names.length > 0) await lookAt(names, clock.now(), room);
}

function isNamed({ patterns }: Room, path: string): boolean {
  return patterns.some((pattern) => path !== pattern.base && concerns(pattern, path, true));
}

async function exists(path: string | null): Promise<boolean> {
  if (path === null) return false;
  return access(path).then(
    () => true,
    () => false,
  );
}

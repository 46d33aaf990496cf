import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endMarkerOf } from './segments.ts';

/** A journal that an earlier process left. */
export interface FoundJournal {
  readonly source: string;
  readonly path: string;
}

const COMMAND = /^(?<source>[\w.-]+)\.(?<pid>\d+)\.\d+$/;

/** Journals of commands and of stdin. Those whose writer is gone are marked ended. */
export async function findJournals(parent: string): Promise<readonly FoundJournal[]> {
  const found: FoundJournal[] = [];
  for (const name of await namesIn(parent)) {
    const parts = COMMAND.exec(name)?.groups;
    if (parts === undefined) continue;
    const path = join(parent, name);
    if (!isAlive(Number(parts['pid']))) await writeFile(endMarkerOf(path), '', { mode: 0o600 });
    found.push({ source: parts['source'] ?? 'stdin', path });
  }
  return found;
}

/** Removes a journal that has been read to its end and is checkpointed. */
export async function removeJournal(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}

/** Who an inbox belongs to: a configured receiver, or a name that events were sent to. */
export type InboxKind = 'receiver' | 'api';

/**
 * The folder of a source's inbox: the one that is there, or a new one whose name tells its stream from those before it.
 * Any text may be a source's name.
 */
export async function inboxFolder(
  parent: string,
  of: { readonly kind: InboxKind; readonly source: string },
  now: number,
): Promise<string> {
  const prefix = `${encode(of.source)}.${of.kind}-inbox.`;
  const known = (await namesIn(parent)).find((name) => name.startsWith(prefix));
  return join(parent, known ?? `${prefix}${now}`);
}

/** Sources whose events came through the API to an earlier daemon. */
export async function apiInboxes(parent: string): Promise<readonly string[]> {
  return (await namesIn(parent)).flatMap((name) => {
    const source = /^([\w%-]+)\.api-inbox\.\d+$/.exec(name)?.[1];
    return source === undefined ? [] : decode(source);
  });
}

/** Nothing for a folder that somebody else made. */
function decode(source: string): readonly string[] {
  try {
    return [decodeURIComponent(source)];
  } catch {
    return [];
  }
}

function encode(source: string): string {
  return encodeURIComponent(source).replaceAll(/[.!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

async function namesIn(parent: string): Promise<readonly string[]> {
  const names: readonly string[] = await readdir(parent).catch(() => []);
  return names.toSorted();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

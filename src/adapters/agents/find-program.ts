import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/**
 * Absolute path of a program, searched on `path` as a shell does; null when there is none. Asked before a sandbox
 * wraps the command, because a sandbox reports a missing program as its own failure.
 */
export async function findProgram(name: string, path: string): Promise<string | null> {
  const places =
    isAbsolute(name) || name.includes('/')
      ? [resolve(name)]
      : path.split(delimiter).map((dir) => join(dir, name));
  for (const place of places) {
    if (await executable(place)) return place;
  }
  return null;
}

async function executable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

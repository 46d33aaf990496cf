import type { Files } from '../../ports/files.ts';
import { folderOf } from '../language/layout.ts';

const MOST_READ = 20;

/** Folder in which the repository keeps alert rules for Prometheus; null without one. */
export async function rulesFolder(files: Files): Promise<string | null> {
  const named = (await files.files()).filter((file) => /(rule|alert)[^/]*(\/[^/]+)?\.ya?ml$/i.test(file));
  for (const file of named.slice(0, MOST_READ)) {
    const text = (await files.read(file)) ?? '';
    if (/^groups:/m.test(text) && /^\s*-?\s*alert:/m.test(text)) return folderOf(file);
  }
  return null;
}

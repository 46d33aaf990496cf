import { z } from 'zod';
import type { FileChange } from '../../ports/workspace.ts';

const manifestSchema = z.record(z.string(), z.unknown());
const DEPENDENCIES = new Set(['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']);

/** A manifest that holds dependencies beside much else, and that we can read. */
export function isManifest(path: string): boolean {
  return /(^|\/)package\.json$/.test(path);
}

/** Nothing but dependencies has changed in it. */
export function onlyDependencies({ before, after }: FileChange): boolean {
  if (before === null || after === null) return false;
  const [old, made] = [withoutDependencies(before), withoutDependencies(after)];
  return old !== null && old === made;
}

function withoutDependencies(text: string): string | null {
  try {
    const manifest = manifestSchema.parse(JSON.parse(text));
    return JSON.stringify(Object.entries(manifest).filter(([key]) => !DEPENDENCIES.has(key)));
  } catch {
    return null; // a broken manifest is more than its dependencies
  }
}

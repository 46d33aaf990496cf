import type { Project } from '../../domain/project.ts';
import type { Files } from '../../ports/files.ts';
import { below } from './layout.ts';

/** A folder with a manifest of one ecosystem, or the root without one, and the files that belong to it. */
export interface Package {
  readonly dir: string;
  readonly hasManifest: boolean;
  /** Of the folder and those below it, without packages of the same ecosystem in it; relative to `dir`. */
  readonly names: readonly string[];
  /** Code of the program: neither tests nor examples, scripts, documentation. */
  readonly sources: readonly string[];
  readonly tests: readonly string[];
  /** Packages of the same ecosystem around it, nearest first. */
  readonly around: readonly Package[];
  has(name: string): boolean;
  /** Null when missing. */
  read(name: string): Promise<string | null>;
}

/** One family of languages: how its packages are seen, and read. */
export interface Ecosystem {
  /** Does this file make its folder a package? */
  isManifest(file: string): boolean;
  isSource(file: string): boolean;
  isTest(file: string): boolean;
  /** Null where nothing of this ecosystem is there after all. */
  describe(found: Package): Promise<Project | null>;
}

const MOST_BYTES = 131_072;
const MOST_SAMPLED = 40;
/** Where programs say what they are made of. */
const TELLING =
  /(^|\/)(main|app|application|server|index|routes?|router|api|wsgi|asgi|urls|program)\b[^/]*$/i;

/** Texts of at most forty of the files, those with telling names first. */
export async function sampleOf(found: Package, names: readonly string[]): Promise<readonly string[]> {
  const ordered = [
    ...names.filter((name) => TELLING.test(name)),
    ...names.filter((name) => !TELLING.test(name)),
  ];
  const texts = await Promise.all(ordered.slice(0, MOST_SAMPLED).map((name) => found.read(name)));
  return texts.filter((text) => text !== null);
}

/** Text of a file that may be missing: '' then. */
export async function textOf(found: Package, name: string): Promise<string> {
  return found.has(name) ? ((await found.read(name)) ?? '') : '';
}

/** First word of the first of these files that says anything, such as a version. */
export async function saidIn(
  found: Package,
  names: readonly string[],
): Promise<{ readonly name: string; readonly word: string } | null> {
  for (const name of names) {
    const word = /\S+/.exec(await textOf(found, name))?.[0];
    if (word !== undefined) return { name, word };
  }
  return null;
}

export function readerIn(files: Files, dir: string): Package['read'] {
  return (name) => files.read(below(dir, name), MOST_BYTES);
}

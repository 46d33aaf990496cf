import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { probed, ranOf } from './probes.ts';
import { type Project, runIn } from './project.ts';
import { functionsOf, type NamedFunction, type Parse, parserOf } from './syntax.ts';

/** Everything that bugs are put into. */
export interface Ground {
  readonly project: Project;
  readonly tree: string;
  readonly parse: Parse;
  readonly texts: ReadonlyMap<string, string>;
  readonly places: readonly Place[];
  /** Those that run. */
  readonly alive: readonly Place[];
}

/** A function of a file. */
export interface Place {
  readonly file: string;
  readonly owner: NamedFunction;
}

/** Fills `folder/tree` with the code of a language, and sees which functions run. */
export async function groundOf(project: Project, folder: string): Promise<Ground> {
  const tree = join(folder, 'tree');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(tree, { recursive: true });
  cpSync(join(import.meta.dirname, 'apps', project.language), tree, { recursive: true });
  project.fill(tree, join(dirname(folder), 'downloads'));
  const parse = await parserOf(project.language);
  const files = filesIn(tree).filter((file) => project.sources.test(file) && !project.journal.test(file));
  const texts = new Map(files.map((file) => [file, readFileSync(join(tree, file), 'utf8')]));
  const places = files.flatMap((file) =>
    functionsOf(parse(texts.get(file) ?? '')).map((owner): Place => ({ file, owner })),
  );
  const ground = { project, tree, parse, texts, places, alive: [] };
  return { ...ground, alive: alivePlaces(ground) };
}

/** Without what was compiled. */
export function filesIn(tree: string): readonly string[] {
  return globSync('**/*', { cwd: tree, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(tree.length + 1))
    .filter((file) => !file.startsWith('out/'))
    .toSorted();
}

/** Runs the application once with a probe in every function. */
function alivePlaces({ project, tree, texts, places }: Ground): readonly Place[] {
  for (const [file, text] of texts) {
    const first = places.findIndex((place) => place.file === file);
    const owners = places.filter((place) => place.file === file).map(({ owner }) => owner);
    if (owners.length > 0) writeFileSync(join(tree, file), probed(text, owners, first, project));
  }
  const compiled = project.compile(tree, null);
  const ran = ranOf(runIn(tree, project.command).err);
  for (const [file, text] of texts) writeFileSync(join(tree, file), text);
  if (!compiled || ran.size === 0 || !project.compile(tree, null)) {
    throw new Error(`the ${project.language} application does not run: see ${tree}`);
  }
  return places.filter((_, i) => ran.has(i));
}

export function textOf({ texts }: Ground, file: string): string {
  return texts.get(file) ?? '';
}

import type { Project } from '../../domain/project.ts';
import type { Files } from '../../ports/files.ts';
import { go } from './go.ts';
import { java } from './java/java.ts';
import { javascript } from './javascript/javascript.ts';
import { deepest, folderOf, isAside, isOwn, isWithin } from './layout.ts';
import { type Ecosystem, type Package, readerIn } from './package.ts';
import { python } from './python/python.ts';
import { ruby } from './ruby.ts';

const ECOSYSTEMS: readonly Ecosystem[] = [javascript, python, go, java, ruby];

/** More packages than anybody works on at once; what is beyond is not looked at. */
const MOST_PACKAGES = 300;

/**
 * What a repository is made of: one project a package and ecosystem, by folder. Reads manifests and a bounded sample
 * of sources, never what is vendored, built or a fixture of tests.
 */
export async function detectProjects(files: Files): Promise<readonly Project[]> {
  const own = (await files.files()).filter(isOwn);
  const found = await Promise.all(ECOSYSTEMS.map((ecosystem) => projectsOf(ecosystem, own, files)));
  return found.flat().toSorted((a, b) => (a.dir < b.dir ? -1 : Number(a.dir > b.dir)));
}

async function projectsOf(
  ecosystem: Ecosystem,
  own: readonly string[],
  files: Files,
): Promise<readonly Project[]> {
  const projects = await Promise.all(
    packagesOf(ecosystem, own, files).map((found) => ecosystem.describe(found)),
  );
  return projects.filter((project) => project !== null);
}

/** Packages with a manifest; the root too where program code lies in none of them. */
function packagesOf(ecosystem: Ecosystem, own: readonly string[], files: Files): readonly Package[] {
  const manifests = own.filter((file) => ecosystem.isManifest(file));
  const dirs = [...new Set(manifests.map(folderOf))].toSorted((a, b) => a.length - b.length);
  const declared = new Set(dirs.slice(0, MOST_PACKAGES));
  const isLoose = (file: string) =>
    ecosystem.isSource(file) && !isAside(file) && deepest(file, [...declared]) === null;
  const all = own.some(isLoose) ? new Set([...declared, '']) : declared;
  const shares = sharesOf(own, [...all]);
  const packages: Package[] = [];
  for (const dir of [...all].toSorted((a, b) => a.length - b.length)) {
    const around = packages.filter((outer) => isWithin(dir, outer.dir)).toReversed();
    const names = (shares.get(dir) ?? []).map((file) => (dir === '' ? file : file.slice(dir.length + 1)));
    packages.push(packageAt({ dir, names, around, hasManifest: declared.has(dir) }, ecosystem, files));
  }
  return packages;
}

/** Each file goes to the deepest package around it. */
function sharesOf(own: readonly string[], dirs: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const shares = new Map<string, string[]>(dirs.map((dir) => [dir, []]));
  for (const file of own) {
    let dir = folderOf(file);
    while (dir !== '' && !shares.has(dir)) dir = folderOf(dir);
    shares.get(dir)?.push(file);
  }
  return shares;
}

function packageAt(
  at: Pick<Package, 'dir' | 'names' | 'around' | 'hasManifest'>,
  ecosystem: Ecosystem,
  files: Files,
): Package {
  const all = new Set(at.names);
  return {
    ...at,
    sources: at.names.filter((name) => ecosystem.isSource(name) && !ecosystem.isTest(name) && !isAside(name)),
    tests: at.names.filter((name) => ecosystem.isTest(name) && !isAside(name)),
    has: (name) => all.has(name),
    read: readerIn(files, at.dir),
  };
}

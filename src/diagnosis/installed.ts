import type { Files } from '../ports/files.ts';
import type { Find } from './frames.ts';

/** Where package managers put what they install: the package's name, if the path says it, and the path within it. */
const INSTALLED = [
  /.*[\\/]node_modules[\\/](?<name>(?:@[^\\/]+[\\/])?[^\\/]+)[\\/](?<path>.+)$/,
  /.*[\\/]pkg[\\/]mod[\\/](?<name>.+?)@v[^\\/]+[\\/](?<path>.+)$/,
  /^(?<name>[^\\/]+\.[^\\/]+[\\/].+?)@v\d[^\\/]*[\\/](?<path>.+)$/,
  /.*[\\/](?:site|dist)-packages[\\/](?<path>.+)$/,
  /.*[\\/](?:gems|bundler[\\/]gems)[\\/][^\\/]+-[\da-f][^\\/]*[\\/](?<path>.+)$/,
  // Frames of the JVM carry the package as a path.
  /^(?<path>(?:[a-z][\w$]*\/){2,}[\w$]+\.\w+)$/,
  /.*[\\/]lib[\\/](?:python|ruby[\\/])\d[^\\/]*[\\/](?<path>.+)$/,
];

/** Packages that a repository publishes: their names, and the folders of their manifests. */
export type Packages = ReadonlyMap<string, string>;

/**
 * Finds the file of an installed package in the repository that it is published from: where the path names the package, in
 * that one's folder; else by the whole of its path in the package. `find` finds what it was compiled from.
 */
export function installedFinder(files: readonly string[], packages: Packages, find: Find): Find {
  return (raw) => {
    const { name, path } =
      INSTALLED.map((place) => place.exec(raw)?.groups).find((one) => one !== undefined) ?? {};
    if (path === undefined) return null;
    const inPackage = path.replaceAll('\\', '/');
    if (name !== undefined) {
      const folder = packages.get(nameOf(name));
      return folder === undefined ? null : find(folder === '' ? inPackage : `${folder}/${inPackage}`);
    }
    const same = inPackage.includes('/')
      ? files.filter((file) => file === inPackage || file.endsWith(`/${inPackage}`))
      : [];
    const [file] = same.toSorted((a, b) => a.length - b.length);
    return file === undefined ? null : { file, exact: true };
  };
}

/** The cache of Go's modules writes capitals as `!g`. */
function nameOf(name: string): string {
  return name.replaceAll('\\', '/').replaceAll(/!([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Manifests further down than that are of examples and tests. */
const DEEPEST = 3;
const MOST_MANIFESTS = 40;

/** As its `package.json` and `go.mod` files say. */
export async function publishedPackages(repository: Files, files: readonly string[]): Promise<Packages> {
  const manifests = files
    .filter((file) => MANIFEST.test(file) && file.split('/').length <= DEEPEST)
    .slice(0, MOST_MANIFESTS);
  const named = await Promise.all(
    manifests.map(async (file) => {
      const [, npm, go] = NAMED.exec((await repository.read(file)) ?? '') ?? [];
      return [npm ?? go ?? '', file.replace(/\/?[^/]*$/, '')] as const;
    }),
  );
  return new Map(named.filter(([name]) => name !== ''));
}

const MANIFEST = /(?:^|\/)(?:package\.json|go\.mod)$/;
const NAMED = /"name"\s*:\s*"([^"]+)"|^module\s+(\S+)/m;

import { cpSync, existsSync, globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runIn } from '../project.ts';

/** A published package in exactly one version, and which of its files are its sources. */
export interface PackageSource {
  readonly name: string;
  readonly version: string;
  readonly sources: string;
}

/** Not sources that run in the service. */
const ASIDE =
  /(?:\.d\.[cm]?ts|\.map|\.min\.js|[._-](?:test|spec|bench)\.[jt]s)$|(?:^|\/)(?:tests?|__\w+__|benchmarks?)\//;
const INSTALL_MS = 180_000;

/** Puts the sources of packages into `tree/packages/<name>`; they are fetched once into the cache. */
export function unpack(packages: readonly PackageSource[], tree: string, cache: string): void {
  const folder = join(
    cache,
    `npm-${packages.map(({ name }) => name.replace(/\W/g, '')).join('-')}`.slice(0, 100),
  );
  if (!existsSync(join(folder, 'complete'))) fetchAll(packages, folder);
  for (const { name, sources } of packages) {
    const from = join(folder, 'node_modules', name);
    const to = join(tree, 'packages', name.replace(/^@.*\//, ''));
    for (const file of ['package.json', ...globSync(sources, { cwd: from })]) {
      if (ASIDE.test(file)) continue;
      mkdirSync(dirname(join(to, file)), { recursive: true });
      cpSync(join(from, file), join(to, file));
    }
  }
}

function fetchAll(packages: readonly PackageSource[], folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const wanted = packages.map(({ name, version }) => `${name}@${version}`);
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
  const { ok, err } = runIn(folder, ['npm', 'install', ...quiet, ...wanted], INSTALL_MS);
  if (!ok) throw new Error(`npm could not install the packages: ${err}`);
  writeFileSync(join(folder, 'complete'), '');
}

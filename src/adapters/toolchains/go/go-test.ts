import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestRef } from '../../../domain/fix.ts';
import { folderOf, type Package } from '../package.ts';
import { goCoverHits } from '../reports/go-cover-profile.ts';
import { fileCoverage, type LineHits } from '../reports/line-hits.ts';
import { readReport } from '../reports/read-report.ts';
import { PLAIN, type Places, type Runner } from '../runner.ts';
import { buildErrors } from './build-errors.ts';
import { type GoModule, readModule } from './go-module.ts';
import { goResults, goSaid } from './test-events.ts';

/** What of this machine Go uses. */
export interface GoMachine {
  readonly go: string;
  /** The user's module cache, absolute; there may be none. */
  readonly modules: string;
  /** The user's settings of where modules are downloaded from. */
  readonly proxy: Readonly<Record<string, string>>;
}

/** `go test` with the user's downloaded modules (or `vendor`), which it may only read. */
export function goTest(pkg: Package, machine: GoMachine): Runner {
  const { go, modules } = machine;
  const folder = folderOf(pkg);
  return {
    ...PLAIN,
    name: 'go test',
    language: 'go',
    framework: null,
    package: pkg,
    readable: existsSync(modules) ? [modules] : [],
    // Its report is its output.
    maxOutputBytes: 64 * 1024 * 1024,
    isTest: (path) => path.endsWith('_test.go'),
    commands(request, at) {
      const module = readModule(folder);
      const measured = request.coverage ? [`-coverprofile=${profileIn(at)}`, '-coverpkg=./...'] : [];
      const argv = [go, 'test', '-json', '-count=1', ...measured, ...chosen(request, module)] as const;
      return [{ argv, env: goEnvironment(at, modules) }];
    },
    async read({ coverage }, at, ended) {
      const module = readModule(folder);
      const said = `${ended.stdout}\n${ended.stderr}`;
      const results = [...goResults(ended.stdout, module), ...buildErrors(said, module)];
      const profile = coverage ? await readReport(profileIn(at)) : null;
      const hits =
        profile === null ? null : goCoverHits(profile, (file) => textOf(module.fileOf(file), folder));
      return { results, coverage: hits === null ? null : fileCoverage(placed(hits, module), folder) };
    },
    foundNone: (ended) => ended.code === 0 || /matched no packages|no packages to test/.test(ended.stderr),
    missing: ({ stdout, stderr }) =>
      /disabled by GOPROXY=off/.test(stdout + stderr)
        ? {
            what: 'modules that the tests need are not on this machine',
            hint: 'Run `go mod download`, then try the fix again.',
          }
        : null,
    download: (at) => ({
      argv: [go, 'mod', 'download'],
      env: { ...toolEnvironment(at), ...machine.proxy, GOMODCACHE: downloadsIn(at), GOFLAGS: '-modcacherw' },
    }),
    said: ({ stdout, stderr }) => `${goSaid(stdout)}\n${stderr}`.trim(),
    rerun: (files) => {
      const root = pkg.dir === '' ? [] : ['-C', pkg.dir];
      return ['go', 'test', ...root, ...packagesOf(files.map((file) => relativeTo(pkg.dir, file)))];
    },
  };
}

function profileIn(at: Places): string {
  return join(at.scratch, 'cover.out');
}

/** Nothing is downloaded: modules are those that were before, or the user's. */
function goEnvironment(at: Places, modules: string): Readonly<Record<string, string>> {
  const folder = [downloadsIn(at), modules].find((path) => existsSync(path));
  const found = folder === undefined ? {} : { GOMODCACHE: folder };
  return { ...toolEnvironment(at), ...found, GOPROXY: 'off', GOSUMDB: 'off' };
}

function toolEnvironment(at: Places): Readonly<Record<string, string>> {
  const folders = { GOCACHE: join(at.cache, 'go-build'), GOPATH: join(at.cache, 'go') };
  return { ...folders, GOTOOLCHAIN: 'local', GOENV: 'off' };
}

function downloadsIn(at: Places): string {
  return join(at.cache, 'go-modules');
}

/** Packages, and the names in them: Go knows no test files. */
function chosen(
  { files, only }: { readonly files: readonly string[]; readonly only: TestRef | null },
  module: GoModule,
): readonly string[] {
  if (files.length === 0) return ['./...'];
  const names = only === null ? files.flatMap((file) => module.testsIn(file)) : [only.name];
  const pattern = only === null ? `^(${names.join('|')})$` : exactly(only.name);
  return names.length === 0 ? packagesOf(files) : ['-run', pattern, ...packagesOf(files)];
}

/** Each level of a name of nested tests is a pattern of its own. */
function exactly(name: string): string {
  return name
    .split('/')
    .map((level) => `^${level.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`)
    .join('/');
}

function packagesOf(files: readonly string[]): readonly string[] {
  return [...new Set(files.map((file) => (dirname(file) === '.' ? '.' : `./${dirname(file)}`)))];
}

function relativeTo(dir: string, file: string): string {
  return dir !== '' && file.startsWith(`${dir}/`) ? file.slice(dir.length + 1) : file;
}

function placed(hits: LineHits, module: GoModule): LineHits {
  return new Map([...hits].map(([file, lines]) => [module.fileOf(file), lines] as const));
}

function textOf(file: string, folder: string): string | null {
  const path = join(folder, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

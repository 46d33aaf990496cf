import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** What `go test` does not say: which file of the module a package or a test is in. Paths are relative to the module. */
export interface GoModule {
  /** Folder of a package, by its import path. */
  dirOf(importPath: string): string;
  /** A file by its import path, such as `example.com/shop/total.go`. */
  fileOf(importPath: string): string;
  /** Names of the top-level tests in a test file. */
  testsIn(file: string): readonly string[];
  /** The file that declares a test; any test file of the folder where none does. */
  fileOfTest(dir: string, test: string): string;
  /** Test files of a folder. */
  testFiles(dir: string): readonly string[];
}

const TEST = /^func\s+((?:Test|Example|Fuzz|Benchmark)\w*)\s*\(/gm;

/** Reads the module in `folder` as it stands now. */
export function readModule(folder: string): GoModule {
  const name = /^module\s+"?([^\s"]+)/m.exec(textOf(join(folder, 'go.mod')))?.[1] ?? '';
  const fileOf = (path: string) => (path.startsWith(`${name}/`) ? path.slice(name.length + 1) : path);
  const testsIn = (file: string) =>
    [...textOf(join(folder, file)).matchAll(TEST)].map(([, test]) => test ?? '');
  const testFiles = (dir: string) =>
    namesIn(join(folder, dir))
      .filter((file) => file.endsWith('_test.go'))
      .sort()
      .map((file) => posix.join(dir, file));
  return {
    dirOf: (path) => (path === name ? '' : fileOf(path)),
    fileOf,
    testsIn,
    testFiles,
    fileOfTest(dir, test) {
      const top = test.split('/')[0] ?? '';
      const files = testFiles(dir);
      return files.find((file) => testsIn(file).includes(top)) ?? files[0] ?? posix.join(dir, '_test.go');
    },
  };
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

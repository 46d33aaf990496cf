import { join } from 'node:path';
import type { TestResult } from '../../../domain/fix.ts';
import type { Ended } from '../../../ports/process.ts';
import { folderOf, inPackage, type Package } from '../package.ts';
import { readReport } from '../reports/read-report.ts';
import { PLAIN, type Places, type Runner } from '../runner.ts';
import type { ScriptWords } from '../script-words.ts';
import { fullNamePattern } from './full-name.ts';
import { installedFile } from './installed-file.ts';
import { languageOf } from './languages.ts';
import { MOCHA_REPORTER, mochaResults } from './mocha-report.ts';
import { isMatched } from './node-test.ts';
import { v8Coverage, v8Environment } from './v8-folder.ts';

const DEFAULTS = ['test/**', '**/*.test.*', '**/*.spec.*', '**/*-test.*', '**/__tests__/**'];

/** mocha as installed in the project. `words` are those of the package's test script. */
export function mocha(pkg: Package, words: ScriptWords | null, node: string): Runner {
  const folder = folderOf(pkg);
  const options = words?.options ?? [];
  const patterns = words?.operands ?? [];
  return {
    ...PLAIN,
    name: 'mocha',
    language: languageOf(pkg),
    framework: 'mocha',
    package: pkg,
    programs: { 'mocha-reporter.cjs': MOCHA_REPORTER },
    isTest: (path) =>
      /\.[cm]?[jt]sx?$/.test(path) && isMatched(path, patterns.length === 0 ? DEFAULTS : patterns),
    commands({ files, only, coverage }, at) {
      const reporter = ['--reporter', join(at.scratch, 'mocha-reporter.cjs')];
      const to = [...reporter, '--reporter-option', `to=${reportIn(at)}`, '--no-color'];
      const alone = only === null ? [] : ['--grep', fullNamePattern(only)];
      const wanted = files.length > 0 ? files : patterns;
      const program = installedFile(pkg, 'mocha/bin/mocha.js');
      const argv = [node, program, ...options, ...to, ...alone, ...wanted] as const;
      return [{ argv, env: { NODE_ENV: 'test', ...words?.env, ...v8Environment(at, coverage) } }];
    },
    async read({ files, coverage }, at, ended) {
      const report = await readReport(reportIn(at));
      const results = report === null ? notLoaded(files, folder, ended) : mochaResults(report, folder);
      return { results, coverage: coverage ? await v8Coverage(at, folder) : null };
    },
    foundNone: (ended) => ended.code === 0 || /No test files found/.test(ended.stderr),
    rerun: (files) => ['npx', 'mocha', ...options, ...files.map((file) => inPackage(file, pkg))],
  };
}

function reportIn(at: Places): string {
  return join(at.scratch, 'mocha.jsonl');
}

/** mocha ends at the first file that cannot be loaded, before any test: the stack names that file. */
function notLoaded(files: readonly string[], folder: string, ended: Ended): readonly TestResult[] {
  if (ended.exit !== 'code' || ended.code === 0 || /No test files found/.test(ended.stderr)) return [];
  const said =
    files.find((file) => ended.stderr.includes(join(folder, file))) ?? inStack(ended.stderr, folder);
  if (said === null) return [];
  return [{ file: said, name: said, outcome: 'errored', message: ended.stderr.trim() }];
}

/** The outermost file of the package in a stack: the one that mocha loaded. */
function inStack(stack: string, folder: string): string | null {
  const paths = [...stack.matchAll(/(?:file:\/\/)?(\/[^\s:()'"]+):\d+/g)].map(([, path]) => path ?? '');
  const own = paths.filter((path) => path.startsWith(`${folder}/`) && !path.includes('/node_modules/'));
  return own.at(-1)?.slice(folder.length + 1) ?? null;
}

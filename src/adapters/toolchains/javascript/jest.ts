import { join } from 'node:path';
import { folderOf, type Package } from '../package.ts';
import { istanbulHits } from '../reports/istanbul.ts';
import { jestResults } from '../reports/jest-report.ts';
import { fileCoverage } from '../reports/line-hits.ts';
import { readReport } from '../reports/read-report.ts';
import { PLAIN, type Places, type Runner } from '../runner.ts';
import type { ScriptWords } from '../script-words.ts';
import { fullNamePattern } from './full-name.ts';
import { installedFile } from './installed-file.ts';
import { languageOf } from './languages.ts';

/** jest as installed in the project. `words` are those of the package's test script. */
export function jest(pkg: Package, words: ScriptWords | null, node: string): Runner {
  const folder = folderOf(pkg);
  const options = words?.options ?? [];
  return {
    ...PLAIN,
    name: 'jest',
    language: languageOf(pkg),
    framework: 'jest',
    package: pkg,
    isTest: (path) => /(^|\/)__tests__\/.*\.[cm]?[jt]sx?$|(^|[./])(test|spec)\.[cm]?[jt]sx?$/.test(path),
    commands({ files, only, coverage }, at) {
      const to = ['--json', `--outputFile=${reportIn(at)}`, '--ci', '--watchman=false', '--passWithNoTests'];
      const alone = only === null ? [] : ['-t', fullNamePattern(only)];
      const measured = coverage ? coverageOptions(at) : [];
      const filters = files.length > 0 ? ['--runTestsByPath', ...files] : (words?.operands ?? []);
      const program = installedFile(pkg, 'jest/bin/jest.js');
      const argv = [node, program, ...options, ...to, ...alone, ...measured, ...filters] as const;
      return [{ argv, env: { NODE_ENV: 'test', ...words?.env } }];
    },
    async read({ coverage }, at) {
      const hits = coverage
        ? istanbulHits(await readReport(join(coverageIn(at), 'coverage-final.json')))
        : null;
      const results = jestResults(await readReport(reportIn(at)), folder);
      return { results, coverage: hits === null ? null : fileCoverage(hits, folder) };
    },
    foundNone: (ended) => /No tests found/.test(ended.stdout + ended.stderr),
    rerun(files) {
      const root = pkg.dir === '' ? [] : ['--rootDir', pkg.dir];
      return ['npx', 'jest', ...root, ...options, '--runTestsByPath', ...files];
    },
  };
}

function reportIn(at: Places): string {
  return join(at.scratch, 'jest.json');
}

function coverageIn(at: Places): string {
  return join(at.scratch, 'coverage');
}

/** jest brings its own instrumenter; thresholds of the project are not what is asked here. */
function coverageOptions(at: Places): readonly string[] {
  const to = [`--coverageDirectory=${coverageIn(at)}`, '--coverageReporters=json'];
  return ['--coverage', ...to, '--coverageThreshold={}'];
}

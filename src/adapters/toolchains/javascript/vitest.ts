import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, inPackage, type Package } from '../package.ts';
import { istanbulHits } from '../reports/istanbul.ts';
import { jestResults } from '../reports/jest-report.ts';
import { fileCoverage } from '../reports/line-hits.ts';
import { readReport } from '../reports/read-report.ts';
import { PLAIN, type Places, type Runner } from '../runner.ts';
import type { ScriptWords } from '../script-words.ts';
import { fullNamePattern } from './full-name.ts';
import { installedFile } from './installed-file.ts';
import { languageOf } from './languages.ts';

/** vitest as installed in the project. `words` are those of the package's test script. */
export function vitest(pkg: Package, words: ScriptWords | null, node: string): Runner {
  const folder = folderOf(pkg);
  const options = words?.options ?? [];
  return {
    ...PLAIN,
    name: 'vitest',
    language: languageOf(pkg),
    framework: 'vitest',
    package: pkg,
    isTest: (path) => /\.(test|spec)\.[cm]?[jt]sx?$/.test(path),
    commands({ files, only, coverage }, at) {
      const to = ['--reporter=json', `--outputFile=${reportIn(at)}`, '--no-color', '--passWithNoTests'];
      const alone = only === null ? [] : ['-t', fullNamePattern(only)];
      const measured = coverage ? coverageOptions(pkg, at) : [];
      const filters = files.length > 0 ? files : (words?.operands ?? []).filter((word) => word !== 'run');
      const program = installedFile(pkg, 'vitest/vitest.mjs');
      const argv = [node, program, 'run', ...options, ...to, ...alone, ...measured, ...filters] as const;
      return [{ argv, env: { ...words?.env } }];
    },
    async read({ coverage }, at) {
      const hits = coverage
        ? istanbulHits(await readReport(join(coverageIn(at), 'coverage-final.json')))
        : null;
      const results = jestResults(await readReport(reportIn(at)), folder);
      return { results, coverage: hits === null ? null : fileCoverage(hits, folder) };
    },
    foundNone: (ended) => /No test files found/.test(ended.stdout + ended.stderr),
    rerun(files) {
      const root = pkg.dir === '' ? [] : ['--root', pkg.dir];
      return ['npx', 'vitest', 'run', ...root, ...options, ...files.map((file) => inPackage(file, pkg))];
    },
  };
}

function reportIn(at: Places): string {
  return join(at.scratch, 'vitest.json');
}

function coverageIn(at: Places): string {
  return join(at.scratch, 'coverage');
}

/** By the provider that the project has installed, whatever thresholds it set; none without a provider. */
function coverageOptions(pkg: Package, at: Places): readonly string[] {
  const provider = ['v8', 'istanbul'].find((name) =>
    existsSync(join(folderOf(pkg), providerFile(pkg, name))),
  );
  if (provider === undefined) return [];
  const thresholds = ['lines', 'functions', 'branches', 'statements'];
  return [
    '--coverage.enabled',
    `--coverage.provider=${provider}`,
    '--coverage.reporter=json',
    '--coverage.reportOnFailure',
    `--coverage.reportsDirectory=${coverageIn(at)}`,
    ...thresholds.map((name) => `--coverage.thresholds.${name}=0`),
  ];
}

function providerFile(pkg: Package, provider: string): string {
  return installedFile(pkg, `@vitest/coverage-${provider}/package.json`);
}

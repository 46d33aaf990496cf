import { join } from 'node:path';
import type { TestResult } from '../../../domain/fix.ts';
import { folderOf, type Package } from '../package.ts';
import { type JunitCase, junitCases } from '../reports/junit.ts';
import { readReport } from '../reports/read-report.ts';
import { PLAIN, type Runner } from '../runner.ts';
import { COVERAGE_PROGRAMS, coverageCommands, coverageOf } from './coverage.ts';
import type { Interpreter } from './interpreter.ts';
import { pythonPath } from './python-path.ts';

const NO_TESTS = 5;

/** pytest of the given Python. The workspace's code goes first, also before an editable install of the checkout. */
export function pytest(pkg: Package, python: Interpreter, options: readonly string[]): Runner {
  const folder = folderOf(pkg);
  const report = (scratch: string) => join(scratch, 'pytest.xml');
  return {
    ...PLAIN,
    name: 'pytest',
    language: 'python',
    framework: 'pytest',
    package: pkg,
    programs: COVERAGE_PROGRAMS,
    isTest: (path) => /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(path),
    commands({ files, only, coverage }, at) {
      const quiet = [
        '-q',
        '-p',
        'no:cacheprovider',
        '--color=no',
        '--continue-on-collection-errors',
        `--rootdir=${folder}`,
      ];
      const to = [`--junitxml=${report(at.scratch)}`, '-o', 'junit_family=xunit1'];
      const wanted = only === null ? files : [`${only.file}::${only.name}`];
      const undisturbed = python.has.includes('pytest_cov') ? ['--no-cov'] : [];
      const words = ['-m', 'pytest', ...options, ...quiet, ...undisturbed, ...to, ...wanted];
      return coverageCommands(words, { python, coverage, at, env: { PYTHONPATH: pythonPath(pkg) }, folder });
    },
    async read({ coverage }, at) {
      const results = junitCases((await readReport(report(at.scratch))) ?? '').map(resultOf);
      return { results, coverage: coverage ? await coverageOf(at, folder) : null };
    },
    foundNone: (ended) => ended.code === NO_TESTS,
    rerun: (files) => ['python3', '-m', 'pytest', ...options, ...files],
  };
}

/** xunit1 names the file; a module that could not be collected has only its dotted name. */
function resultOf(test: JunitCase): TestResult {
  const dotted = test.classname === '' ? test.name : test.classname;
  const file = test.file ?? `${dotted.replaceAll('.', '/')}.py`;
  if (test.classname === '') return { file, name: file, outcome: test.outcome, message: test.message };
  const module = file.replace(/\.py$/, '').replaceAll('/', '.');
  const inside = test.classname.startsWith(`${module}.`)
    ? `${test.classname.slice(module.length + 1).replaceAll('.', '::')}::`
    : '';
  return { file, name: `${inside}${test.name}`, outcome: test.outcome, message: test.message };
}

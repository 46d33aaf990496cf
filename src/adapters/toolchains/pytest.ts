import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { TestResult } from '../../domain/fix.ts';
import { type JunitCase, junitCases } from './junit.ts';
import type { Project } from './project.ts';
import type { Runner } from './runner.ts';

const NO_TESTS = 5;

/** pytest of the given Python. The workspace's code goes first, also before an editable install of the checkout. */
export function pytest(project: Project, python: string, options: readonly string[]): Runner {
  const folder = join(project.workspace, project.dir);
  const places = [join(folder, 'src'), folder, project.workspace].filter((place) => existsSync(place));
  return {
    name: 'pytest',
    language: 'python',
    framework: 'pytest',
    project,
    isTest: (path) => /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(path),
    command(files, report) {
      const quiet = ['-q', '-p', 'no:cacheprovider', '--color=no', `--rootdir=${folder}`];
      const to = [`--junitxml=${report}`, '-o', 'junit_family=xunit1'];
      return {
        argv: [python, '-m', 'pytest', ...options, ...quiet, ...to, ...files],
        env: { PYTHONPATH: [...new Set(places)].join(delimiter) },
      };
    },
    read: (report) => junitCases(report ?? '').map(resultOf),
    foundNone: (ended) => ended.code === NO_TESTS,
    rerun: (files) => ['python3', '-m', 'pytest', ...options, ...files],
  };
}

/** xunit1 names the file; a module that could not be collected has only its dotted name. */
function resultOf(test: JunitCase): TestResult {
  const dotted = test.classname === '' ? test.name : test.classname;
  const file = test.file ?? `${dotted.replaceAll('.', '/')}.py`;
  const module = file.replace(/\.py$/, '').replaceAll('/', '.');
  const inside = test.classname.startsWith(`${module}.`)
    ? `${test.classname.slice(module.length + 1)}::`
    : '';
  return { file, name: `${inside}${test.name}`, outcome: test.outcome, message: test.message };
}

import { join } from 'node:path';
import { jestResults } from './jest-report.ts';
import { languageOf } from './languages.ts';
import type { Project } from './project.ts';
import type { Runner } from './runner.ts';
import type { ScriptWords } from './script-words.ts';

/** jest as installed in the project. `words` are those of the package's test script. */
export function jest(project: Project, words: ScriptWords | null, node: string): Runner {
  const folder = join(project.workspace, project.dir);
  const options = words?.options ?? [];
  return {
    name: 'jest',
    language: languageOf(project),
    framework: 'jest',
    project,
    isTest: (path) => /(^|\/)__tests__\/.*\.[cm]?[jt]sx?$|(^|[./])(test|spec)\.[cm]?[jt]sx?$/.test(path),
    command(files, report) {
      const to = ['--json', `--outputFile=${report}`, '--ci', '--watchman=false', '--passWithNoTests'];
      const filters = files.length > 0 ? ['--runTestsByPath', ...files] : (words?.operands ?? []);
      return {
        argv: [node, 'node_modules/jest/bin/jest.js', ...options, ...to, ...filters],
        env: { NODE_ENV: 'test', ...words?.env },
      };
    },
    read: (report) => jestResults(report, folder),
    foundNone: (ended) => /No tests found/.test(ended.stdout + ended.stderr),
    rerun: (files) => {
      const root = project.dir === '' ? [] : ['--rootDir', project.dir];
      return ['npx', 'jest', ...root, ...options, '--runTestsByPath', ...files];
    },
  };
}

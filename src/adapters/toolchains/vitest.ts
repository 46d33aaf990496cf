import { join } from 'node:path';
import { jestResults } from './jest-report.ts';
import { languageOf } from './languages.ts';
import type { Project } from './project.ts';
import type { Runner } from './runner.ts';
import type { ScriptWords } from './script-words.ts';

/** vitest as installed in the project. `words` are those of the package's test script. */
export function vitest(project: Project, words: ScriptWords | null, node: string): Runner {
  const folder = join(project.workspace, project.dir);
  const options = words?.options ?? [];
  return {
    name: 'vitest',
    language: languageOf(project),
    framework: 'vitest',
    project,
    isTest: (path) => /\.(test|spec)\.[cm]?[jt]sx?$/.test(path),
    command(files, report) {
      const to = ['--reporter=json', `--outputFile=${report}`, '--no-color', '--passWithNoTests'];
      const filters = files.length > 0 ? files : (words?.operands ?? []).filter((word) => word !== 'run');
      const program = 'node_modules/vitest/vitest.mjs';
      return { argv: [node, program, 'run', ...options, ...to, ...filters], env: { ...words?.env } };
    },
    read: (report) => jestResults(report, folder),
    foundNone: (ended) => /No test files found/.test(ended.stdout + ended.stderr),
    rerun: (files) => {
      const root = project.dir === '' ? [] : ['--root', project.dir];
      return [
        'npx',
        'vitest',
        'run',
        ...root,
        ...options,
        ...files.map((file) => fromDir(file, project.dir)),
      ];
    },
  };
}

function fromDir(file: string, dir: string): string {
  return dir !== '' && file.startsWith(`${dir}/`) ? file.slice(dir.length + 1) : file;
}

import { globSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { folderOf, type Package } from '../package.ts';
import { readReport } from '../reports/read-report.ts';
import { PLAIN, type Runner } from '../runner.ts';
import { type ScriptWords, scriptWords } from '../script-words.ts';
import { fullNamePattern } from './full-name.ts';
import { languageOf } from './languages.ts';
import { NODE_TEST_REPORTER, nodeTestResults } from './node-test-report.ts';
import { v8Coverage, v8Environment } from './v8-folder.ts';

const DEFAULTS = ['**/*.test.*', '**/*-test.*', '**/*_test.*', '**/test-*.*', '**/test.*', '**/test/**/*.*'];

/** The words of a script that call `node --test` (or a front of it that takes the same options). */
export function nodeTestWords(script: string): ScriptWords | null {
  return scriptWords(script, (word, rest) => /^(node|tsx)$/.test(word) && /\s--test(\s|$)/.test(rest));
}

/** Node's own runner; `words` are those of the package's test script, null when it has none. */
export function nodeTest(pkg: Package, words: ScriptWords | null, node: string): Runner {
  const patterns = words?.operands ?? [];
  const options = words?.options ?? [];
  const folder = folderOf(pkg);
  return {
    ...PLAIN,
    name: 'node:test',
    language: languageOf(pkg),
    framework: null,
    package: pkg,
    programs: { 'node-test-reporter.mjs': NODE_TEST_REPORTER },
    isTest: (path) =>
      /\.[cm]?[jt]sx?$/.test(path) && isMatched(path, patterns.length === 0 ? DEFAULTS : patterns),
    commands({ files, only, coverage }, at) {
      const report = [
        `--test-reporter=${join(at.scratch, 'node-test-reporter.mjs')}`,
        `--test-reporter-destination=${reportIn(at.scratch)}`,
      ];
      const alone = only === null ? [] : [`--test-name-pattern=/${fullNamePattern(only)}/`];
      const wanted = files.length > 0 ? files : patterns.flatMap((pattern) => expanded(pattern, folder));
      const program = words?.program === 'tsx' ? 'tsx' : node;
      const env = { ...words?.env, ...v8Environment(at, coverage) };
      return [{ argv: [program, ...options, '--test', ...report, ...alone, ...wanted], env }];
    },
    async read({ coverage }, at) {
      const results = nodeTestResults(await readReport(reportIn(at.scratch)), folder);
      return { results, coverage: coverage ? await v8Coverage(at, folder) : null };
    },
    foundNone: (ended) => ended.code === 0,
    rerun: (files) => [words?.program ?? 'node', ...options, '--test', ...files],
  };
}

function reportIn(scratch: string): string {
  return join(scratch, 'node-test.jsonl');
}

/** Does a script's operand (a glob, a file or a folder) take in this path? */
export function isMatched(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const plain = pattern.replace(/^\.\//, '').replace(/\/$/, '');
    return matchesGlob(path, plain) || path === plain || path.startsWith(`${plain}/`);
  });
}

/** Globs as a shell would expand them: Node 20 does not do it itself. */
function expanded(pattern: string, folder: string): readonly string[] {
  if (!/[*?[{]/.test(pattern)) return [pattern];
  const found = globSync(pattern, { cwd: folder, exclude: ['**/node_modules/**'] });
  return found.length === 0 ? [pattern] : found.sort();
}

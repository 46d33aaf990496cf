import { globSync } from 'node:fs';
import { isAbsolute, join, matchesGlob, relative } from 'node:path';
import { z } from 'zod';
import type { TestResult } from '../../domain/fix.ts';
import { languageOf } from './languages.ts';
import type { Project } from './project.ts';
import type { Runner } from './runner.ts';
import { type ScriptWords, scriptWords } from './script-words.ts';

/** Runs inside the project's Node, 20 or newer: one JSON line a test. Plain JavaScript, handed over as a data URL. */
const REPORTER = `
export default async function* report(events) {
  const said = new Map();
  for await (const { type, data } of events) {
    if (type === 'test:stderr') said.set(data.file, ((said.get(data.file) ?? '') + data.message).slice(0, 2000));
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const error = data.details?.error;
    const cause = error?.cause;
    const message = error === undefined ? '' : (cause?.stack ?? cause?.message ?? String(cause ?? error.message));
    const whole = error?.failureType === 'testCodeFailure' && data.nesting === 0 && /^test failed/.test(message);
    yield JSON.stringify({
      ok: type === 'test:pass', file: data.file ?? '', name: data.name, nesting: data.nesting,
      kind: data.details?.type ?? 'test', skipped: Boolean(data.skip ?? data.todo),
      failure: error?.failureType ?? '', message: whole ? (said.get(data.name) ?? said.get(data.file) ?? message) : message,
    }) + '\\n';
  }
}`;

const line = z.object({
  ok: z.boolean(),
  file: z.string(),
  name: z.string(),
  nesting: z.number(),
  kind: z.string(),
  skipped: z.boolean(),
  failure: z.string(),
  message: z.string(),
});
type Line = z.infer<typeof line>;

const DEFAULTS = ['**/*.test.*', '**/*-test.*', '**/*_test.*', '**/test-*.*', '**/test.*', '**/test/**/*.*'];

/** The words of a script that call `node --test` (or a front of it that takes the same options). */
export function nodeTestWords(script: string): ScriptWords | null {
  return scriptWords(script, (word, rest) => /^(node|tsx)$/.test(word) && /\s--test(\s|$)/.test(rest));
}

/** Node's own runner; `words` are those of the package's test script, null when it has none. */
export function nodeTest(project: Project, words: ScriptWords | null, node: string): Runner {
  const patterns = words?.operands ?? [];
  const options = words?.options ?? [];
  const program = words?.program === 'tsx' ? 'tsx' : node;
  return {
    name: 'node:test',
    language: languageOf(project),
    framework: null,
    project,
    isTest: (path) =>
      /\.[cm]?[jt]sx?$/.test(path) && isMatched(path, patterns.length === 0 ? DEFAULTS : patterns),
    command(files, report) {
      const reporter = `data:text/javascript;base64,${Buffer.from(REPORTER).toString('base64')}`;
      const to = [`--test-reporter=${reporter}`, `--test-reporter-destination=${report}`];
      const wanted = files.length > 0 ? files : patterns.flatMap((pattern) => expanded(pattern, project));
      return { argv: [program, ...options, '--test', ...to, ...wanted], env: { ...words?.env } };
    },
    read: (report) => resultsOf(report ?? '', join(project.workspace, project.dir)),
    foundNone: (ended) => ended.code === 0,
    rerun: (files) => [words?.program ?? 'node', ...options, '--test', ...files],
  };
}

function isMatched(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const plain = pattern.replace(/^\.\//, '').replace(/\/$/, '');
    return matchesGlob(path, plain) || path === plain || path.startsWith(`${plain}/`);
  });
}

/** Globs as a shell would expand them: Node 20 does not do it itself. */
function expanded(pattern: string, project: Project): readonly string[] {
  if (!/[*?[{]/.test(pattern)) return [pattern];
  const found = globSync(pattern, {
    cwd: join(project.workspace, project.dir),
    exclude: ['**/node_modules/**'],
  });
  return found.length === 0 ? [pattern] : found.sort();
}

function resultsOf(report: string, folder: string): readonly TestResult[] {
  const results: TestResult[] = [];
  for (const entry of namedInFull(linesOf(report))) {
    // A suite, or a test whose part failed: the part itself is listed.
    if (entry.kind === 'suite' || entry.failure === 'subtestsFailed') continue;
    const outcome = entry.skipped ? 'skipped' : entry.ok ? 'passed' : 'failed';
    results.push({
      file: relativeTo(folder, entry.file),
      name: relativeTo(folder, entry.name),
      outcome,
      message: entry.message,
    });
  }
  return results;
}

function linesOf(report: string): readonly Line[] {
  return report.split('\n').flatMap((text) => {
    if (!text.startsWith('{')) return [];
    const parsed = line.safeParse(JSON.parse(text));
    return parsed.success ? [parsed.data] : [];
  });
}

/** Children are reported before their parent: each parent's name goes in front of those since its own level. */
function namedInFull(lines: readonly Line[]): readonly Line[] {
  const named: { entry: Line; parents: string[] }[] = [];
  for (const entry of lines) {
    for (let at = named.length - 1; at >= 0; at -= 1) {
      const before = named[at];
      if (before === undefined || before.entry.file !== entry.file || before.entry.nesting <= entry.nesting)
        break;
      before.parents.unshift(entry.name);
    }
    named.push({ entry, parents: [] });
  }
  return named.map(({ entry, parents }) => ({ ...entry, name: [...parents, entry.name].join(' > ') }));
}

function relativeTo(folder: string, file: string): string {
  return isAbsolute(file) ? relative(folder, file) : file;
}

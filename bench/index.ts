// The index of a repository's source: a copy of a folder's files is committed to a temporary git repository and indexed
// cold (no cache), warm (all in the cache) and after one file was changed. CPU of all threads of the process, git's own aside.
// Then a trace of its largest function is diagnosed as `vigilai diagnose --input` does it, cold and with all in the cache.
//   node bench/index.ts FOLDER [lines]
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { openRepository } from '../src/adapters/git/repository.ts';
import { run } from '../src/adapters/process/run.ts';
import { treeSitterSyntax } from '../src/adapters/syntax/syntax.ts';
import type { CodeIndex } from '../src/ports/syntax.ts';
import { diagnosed } from './localise/diagnosing.ts';

const FROM = process.argv[2] ?? 'src';
const LINES = Number(process.argv[3] ?? 50_000);
const SOURCE = new Set(['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.tsx', '.py', '.go', '.java', '.rb']);

const folder = mkdtempSync(join(tmpdir(), 'vigilai-bench-'));
const root = join(folder, 'repository');
const cache = join(folder, 'state', 'outlines');

/** Copies files until there are `LINES` lines; answers how many, and the last one copied. */
function copyFiles(): { readonly lines: number; readonly files: number; readonly last: string } {
  let lines = 0;
  let files = 0;
  let last = '';
  const names = readdirSync(FROM, { recursive: true })
    .map(String)
    .filter((name) => SOURCE.has(extname(name)) && !name.endsWith('.d.ts'));
  for (const name of names.toSorted()) {
    if (lines >= LINES || !statSync(join(FROM, name)).isFile()) continue;
    // Packages are somebody else's where they lie, but here they stand for a project of one's own.
    last = join(root, name.replaceAll('node_modules', 'packages'));
    cpSync(join(FROM, name), last);
    lines += readFileSync(last, 'utf8').split('\n').length;
    files += 1;
  }
  return { lines, files, last };
}

async function measure(what: string): Promise<CodeIndex> {
  const repository = await openRepository({ run, env: process.env }, root);
  const syntax = treeSitterSyntax({ cache });
  const at = performance.now();
  const before = process.cpuUsage();
  const index = await syntax.index(repository);
  const { user, system } = process.cpuUsage(before);
  console.log(`| ${what} | ${Math.round((user + system) / 1000)} | ${Math.round(performance.now() - at)} |`);
  return index;
}

/** A trace through the longest functions, as Node prints it. */
function traceOf({ outlines }: CodeIndex): string {
  const scopes = [...outlines].flatMap(([file, own]) => own.scopes.map((scope) => ({ file, scope })));
  const longest = scopes
    .filter(({ scope }) => scope.kind === 'function')
    .toSorted((a, b) => b.scope.to - b.scope.from - (a.scope.to - a.scope.from));
  const frames = longest
    .slice(0, 8)
    .map(({ file, scope }) => `    at ${scope.name} (/app/${file}:${scope.from + 1}:1)\n`);
  return `TypeError: Cannot read properties of undefined (reading 'length')\n${frames.join('')}`;
}

async function measureDiagnosis(what: string, log: string): Promise<void> {
  const at = performance.now();
  const before = process.cpuUsage();
  await diagnosed(log, root, folder);
  const { user, system } = process.cpuUsage(before);
  console.log(`| ${what} | ${Math.round((user + system) / 1000)} | ${Math.round(performance.now() - at)} |`);
}

const git = (...args: readonly string[]): Buffer =>
  execFileSync('git', ['-c', 'user.name=b', '-c', 'user.email=b@b', ...args], { cwd: root });
try {
  const { lines, files, last } = copyFiles();
  git('init', '-q');
  git('add', '-A', '-f');
  git('commit', '-qm', 'all');
  console.log(
    `${files} files, ${lines} lines of ${FROM}\n\n| index | CPU ms | wall ms |\n| --- | --- | --- |`,
  );
  const { outlines, skipped } = await measure('cold');
  await measure('warm');
  await measure('warm again');
  appendFileSync(last, '\n');
  await measure('one file changed');
  const log = traceOf({ outlines, skipped });
  for (const what of ['diagnosis, cold', 'diagnosis, warm', 'diagnosis, warm again']) {
    await measureDiagnosis(what, log);
  }
  const scopes = [...outlines.values()].reduce((sum, one) => sum + one.scopes.length, 0);
  const size = (statSync(cache).size / 2 ** 20).toFixed(1);
  console.log(
    `\n${outlines.size} outlines, ${scopes} scopes, ${skipped.length} files skipped, cache ${size} MiB`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

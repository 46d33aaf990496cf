import { glob, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { VigilError } from '../../domain/errors.ts';
import type { FileCoverage, TestResult, TestRun } from '../../domain/fix.ts';
import type { Ended, Run, Sandbox } from '../../ports/process.ts';
import type { TestRequest, Toolchain } from '../../ports/toolchain.ts';
import { folderOf, inPackage } from './package.ts';
import type { Places, Report, Runner, RunnerCommand } from './runner.ts';
import { testEnvironment } from './test-environment.ts';

const TAIL = 4_000;
const MAX_MESSAGE = 2_000;
const MAX_OUTPUT_BYTES = 4 * 1024 * 1024;

export interface ConfinedDeps {
  readonly run: Run;
  readonly sandbox: Sandbox;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** Installed packages and environments: readable though they may be below HOME. */
  readonly readable: readonly string[];
  /** Puts the installed dependencies back into the tree. */
  readonly prepare: () => Promise<void>;
}

/** A runner as a toolchain: in the sandbox, without network or the user's HOME, with a deadline and a cap on output. */
export function confinedToolchain(runner: Runner, deps: ConfinedDeps): Toolchain {
  const { dir } = runner.package;
  return {
    name: runner.name,
    language: runner.language,
    framework: runner.framework,
    isTest: (path) => isIn(path, dir) && runner.isTest(posix.relative(dir, path)),
    rerun: (files) => runner.rerun(files),
    run: (request, signal) =>
      inPlaces(runner, deps, (at) =>
        runOnce(runner, deps, { request: requestIn(runner, request), signal, at }),
      ),
    command: (argv, signal) =>
      inPlaces(runner, deps, async (at) => {
        await makePlaces(runner, at);
        const ended = await runConfined({ argv, env: {} }, runner, { ...deps, signal, at });
        return runWithoutResults(argv, ended, tailOf(runner, ended, deps.timeoutMs));
      }),
  };
}

/** Folders of one run, in a tree that has its dependencies; gone afterwards. */
async function inPlaces<T>(runner: Runner, deps: ConfinedDeps, run: (at: Places) => Promise<T>): Promise<T> {
  await deps.prepare();
  const scratch = await realpath(await mkdtemp(join(tmpdir(), 'vigilai-tests-')));
  try {
    return await run({ scratch, cache: `${runner.package.workspace}.cache` });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Once {
  /** Files relative to the package. */
  readonly request: TestRequest;
  readonly signal: AbortSignal;
  readonly at: Places;
}

async function runOnce(runner: Runner, given: ConfinedDeps, once: Once): Promise<TestRun> {
  const { request, at } = once;
  const timeoutMs = Math.min(request.timeoutMs ?? Number.POSITIVE_INFINITY, given.timeoutMs);
  const deps = { ...given, timeoutMs };
  await makePlaces(runner, at);
  const [tests, ...conversions] = runner.commands(request, at);
  const ended = await runConfined(tests, runner, { ...deps, ...once });
  for (const command of ended.exit === 'code' ? conversions : [])
    await runConfined(command, runner, { ...deps, ...once });
  const report = placed(await runner.read(request, at, ended), runner.package.dir);
  const nothingRan = report.results.every(({ outcome }) => outcome === 'errored');
  const missing = nothingRan ? runner.missing(ended) : null;
  if (missing !== null)
    throw new VigilError('tool_missing', { ...missing, why: lastLine(runner.said(ended)) });
  const results = report.results.filter((result) => isAsked(result, request, runner.package.dir));
  return {
    command: tests.argv.map((word) => word.replaceAll(at.scratch, '$SCRATCH').replaceAll(at.cache, '$CACHE')),
    ok: isOk(ended, report, runner),
    results,
    coverage: report.coverage,
    durationMs: Math.round(ended.durationMs),
    outputTail: tailOf(runner, ended, deps.timeoutMs),
  };
}

/** Judged by the runner's exit and by what it said: some end well when told to go on after failures. */
function isOk(ended: Ended, { results }: Report, runner: Runner): boolean {
  if (results.length === 0) return ended.exit === 'code' && (ended.code === 0 || runner.foundNone(ended));
  const isBad = results.some(({ outcome }) => outcome === 'failed' || outcome === 'errored');
  return ended.exit === 'code' && ended.code === 0 && !isBad;
}

async function makePlaces(runner: Runner, { scratch, cache }: Places): Promise<void> {
  const { programs, stale } = runner;
  const folder = folderOf(runner.package);
  for await (const left of glob([...stale], { cwd: folder }))
    await rm(join(folder, left), { recursive: true, force: true });
  for (const place of [join(scratch, 'home'), join(scratch, 'tmp'), cache])
    await mkdir(place, { recursive: true });
  for (const [name, text] of Object.entries(programs)) await writeFile(join(scratch, name), text);
}

function runConfined(
  { argv, env }: RunnerCommand,
  runner: Runner,
  { run, sandbox, timeoutMs, signal, at, ...deps }: ConfinedDeps & Pick<Once, 'signal' | 'at'>,
): Promise<Ended> {
  const cwd = folderOf(runner.package);
  const command = { argv, cwd, env: { ...testEnvironment(runner.package, deps.env, at.scratch), ...env } };
  const writable = [runner.package.workspace, at.scratch, at.cache];
  const confinement = { writable, readableHome: [...deps.readable, ...runner.readable], network: false };
  const limits = { timeoutMs, maxOutputBytes: MAX_OUTPUT_BYTES };
  return run(sandbox.confine(command, confinement), limits, signal);
}

function runWithoutResults(command: readonly string[], ended: Ended, outputTail: string): TestRun {
  return {
    command,
    ok: ended.exit === 'code' && ended.code === 0,
    results: [],
    coverage: null,
    durationMs: Math.round(ended.durationMs),
    outputTail,
  };
}

function requestIn({ package: pkg }: Runner, { files, only, ...rest }: TestRequest): TestRequest {
  const alone = only === null ? null : { ...only, file: inPackage(only.file, pkg) };
  const wanted = alone === null ? files.map((file) => inPackage(file, pkg)) : [alone.file];
  return { ...rest, files: wanted, only: alone };
}

function placed({ results, coverage }: Report, dir: string): Report {
  return {
    results: results.map((result) => ({
      ...result,
      file: posix.join(dir, result.file),
      message: result.message.slice(0, MAX_MESSAGE),
    })),
    coverage: coverage?.map((one): FileCoverage => ({ ...one, file: posix.join(dir, one.file) })) ?? null,
  };
}

/** Runners take names as patterns, and may run more than was asked for. What could not be loaded is always said. */
function isAsked(result: TestResult, { files, only }: TestRequest, dir: string): boolean {
  if (result.outcome === 'errored' || files.length === 0) return true;
  const isFile = files.some((file) => posix.join(dir, file) === result.file);
  return isFile && (only === null || only.name === result.name);
}

function lastLine(text: string): string {
  return text.split('\n').at(-1)?.slice(0, 300) ?? '';
}

function tailOf(runner: Runner, ended: Ended, timeoutMs: number): string {
  const said = runner.said(ended).slice(-TAIL);
  switch (ended.exit) {
    case 'code':
      return said;
    case 'timeout':
      return `${said}\nthe tests did not end within ${Math.round(timeoutMs / 1000)} s`;
    case 'not_found':
      return `${said}\nthe test runner could not be started`;
    case 'signal':
    case 'cancelled':
      return `${said}\nthe tests were ended by a ${ended.exit === 'signal' ? 'signal' : 'cancellation'}`;
  }
}

function isIn(path: string, dir: string): boolean {
  return dir === '' || path.startsWith(`${dir}/`);
}

import { posix } from 'node:path';
import { VigilError } from '../../domain/errors.ts';
import type { TestRun } from '../../domain/fix.ts';
import type { Ended } from '../../ports/process.ts';
import type { TestRequest, Toolchain } from '../../ports/toolchain.ts';
import { type Confined, inPlaces, runConfined } from './confined-run.ts';
import { inPackage } from './package.ts';
import { isAsked, isOk, placed, tailOf } from './reported.ts';
import type { Places, Report, Runner } from './runner.ts';

export interface ConfinedDeps extends Confined {
  /** What is missing may be downloaded, before tests are run again. */
  readonly downloads: boolean;
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
    async run(request, signal) {
      await deps.prepare();
      return inPlaces(runner, (at) =>
        testRun(runner, deps, { request: requestIn(runner, request), signal, at }),
      );
    },
    async command(argv, signal) {
      await deps.prepare();
      return inPlaces(runner, async (at) => {
        const ended = await runConfined({ argv, env: {} }, runner, { ...deps, signal, at });
        const ok = ended.exit === 'code' && ended.code === 0;
        return { ...toldBy(runner, ended, deps.timeoutMs), command: argv, ok, results: [], coverage: null };
      });
    },
  };
}

interface Once {
  /** Files relative to the package. */
  readonly request: TestRequest;
  readonly signal: AbortSignal;
  readonly at: Places;
}

async function testRun(runner: Runner, given: ConfinedDeps, once: Once): Promise<TestRun> {
  const { request, at } = once;
  const timeoutMs = Math.min(request.timeoutMs ?? Number.POSITIVE_INFINITY, given.timeoutMs);
  const deps = { ...given, timeoutMs };
  const { ended, report } = await tested(runner, deps, once);
  const { dir } = runner.package;
  return {
    ...toldBy(runner, ended, timeoutMs),
    command: runner.commands(request, at)[0].argv.map((word) => withoutPlaces(word, at)),
    ok: isOk(ended, report, runner),
    results: placed(report, dir).results.filter((result) => isAsked(result, request, dir)),
    coverage: placed(report, dir).coverage,
  };
}

interface Tested {
  readonly ended: Ended;
  readonly report: Report;
}

/** Runs the tests; where packages are missing, downloads them if that is allowed, and runs them again. */
async function tested(runner: Runner, deps: ConfinedDeps, once: Once): Promise<Tested> {
  const first = await testedOnce(runner, deps, once);
  const missing = missingIn(runner, first);
  if (missing === null) return first;
  const download = deps.downloads ? runner.download(once.at) : null;
  if (download !== null) await runConfined(download, runner, { ...deps, ...once, network: true });
  const second = download === null ? first : await testedOnce(runner, deps, once);
  const still = missingIn(runner, second);
  if (still === null) return second;
  throw new VigilError('tool_missing', {
    ...still,
    why: runner.said(second.ended).split('\n').at(-1)?.slice(0, 300) ?? '',
  });
}

async function testedOnce(runner: Runner, deps: ConfinedDeps, once: Once): Promise<Tested> {
  const [tests, ...conversions] = runner.commands(once.request, once.at);
  const ended = await runConfined(tests, runner, { ...deps, ...once });
  for (const command of ended.exit === 'code' ? conversions : [])
    await runConfined(command, runner, { ...deps, ...once });
  return { ended, report: await runner.read(once.request, once.at, ended) };
}

/** Only where no test was really run: else what the runner says is about one of them. */
function missingIn(runner: Runner, { ended, report }: Tested) {
  const nothingRan = report.results.every(({ outcome }) => outcome === 'errored');
  return nothingRan ? runner.missing(ended) : null;
}

function requestIn({ package: pkg }: Runner, request: TestRequest): TestRequest {
  const only = request.only === null ? null : { ...request.only, file: inPackage(request.only.file, pkg) };
  const files = only === null ? request.files.map((file) => inPackage(file, pkg)) : [only.file];
  return { ...request, files, only };
}

function toldBy(runner: Runner, ended: Ended, timeoutMs: number): Pick<TestRun, 'durationMs' | 'outputTail'> {
  return {
    durationMs: Math.round(ended.durationMs),
    outputTail: tailOf(runner.said(ended), ended, timeoutMs),
  };
}

function withoutPlaces(word: string, { scratch, cache }: Places): string {
  return word.replaceAll(scratch, '$SCRATCH').replaceAll(cache, '$CACHE');
}

function isIn(path: string, dir: string): boolean {
  return dir === '' || path.startsWith(`${dir}/`);
}

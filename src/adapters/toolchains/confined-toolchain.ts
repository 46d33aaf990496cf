import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, posix } from 'node:path';
import type { TestResult, TestRun } from '../../domain/fix.ts';
import type { Command, Ended, Run, Sandbox } from '../../ports/process.ts';
import type { Toolchain } from '../../ports/toolchain.ts';
import type { Runner } from './runner.ts';

const TAIL = 4_000;
const MAX_MESSAGE = 2_000;

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
  const { dir } = runner.project;
  return {
    name: runner.name,
    language: runner.language,
    framework: runner.framework,
    isTest: (path) => isIn(path, dir) && runner.isTest(posix.relative(dir, path)),
    rerun: (files) => runner.rerun(files),
    command: () => Promise.reject(new Error('not yet')),
    async run({ files }, signal) {
      await deps.prepare();
      const scratch = await realpath(await mkdtemp(join(tmpdir(), 'vigilai-tests-')));
      try {
        return await runOnce(runner, deps, { files, signal, scratch });
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
    },
  };
}

interface Once {
  readonly files: readonly string[];
  readonly signal: AbortSignal;
  /** Folder of this run alone: HOME, temp and report of the tests. */
  readonly scratch: string;
}

async function runOnce(runner: Runner, deps: ConfinedDeps, once: Once): Promise<TestRun> {
  const { dir, workspace } = runner.project;
  const report = join(once.scratch, 'report');
  for (const name of ['home', 'tmp']) await mkdir(join(once.scratch, name));
  const { argv, env } = runner.command(
    once.files.map((file) => posix.relative(dir, file)),
    report,
  );
  const command: Command = {
    argv,
    cwd: join(workspace, dir),
    env: { ...testEnv(runner, deps, once.scratch), ...env },
  };
  const confinement = { writable: [workspace, once.scratch], readableHome: deps.readable, network: false };
  const limits = { timeoutMs: deps.timeoutMs, maxOutputBytes: 4 * 1024 * 1024 };
  const ended = await deps.run(deps.sandbox.confine(command, confinement), limits, once.signal);
  const text = await readFile(report, 'utf8').catch(() => null);
  const results = runner.read(text, ended).map((result) => placed(result, dir));
  return {
    command: argv.map((word) => word.replaceAll(once.scratch, '$SCRATCH')),
    ok: (ended.exit === 'code' && ended.code === 0) || (results.length === 0 && runner.foundNone(ended)),
    results,
    coverage: null,
    durationMs: Math.round(ended.durationMs),
    outputTail: tailOf(ended, deps.timeoutMs),
  };
}

/** What tests see of the environment: no token, no HOME of the user, nothing of our own test runner. */
function testEnv(runner: Runner, deps: ConfinedDeps, scratch: string): Record<string, string> {
  const { workspace, dir } = runner.project;
  const bins = [...new Set([join(workspace, dir), workspace])].map((folder) =>
    join(folder, 'node_modules', '.bin'),
  );
  return {
    PATH: [...bins, deps.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'].join(delimiter),
    HOME: join(scratch, 'home'),
    TMPDIR: join(scratch, 'tmp'),
    LANG: deps.env['LANG'] ?? 'C.UTF-8',
    TZ: deps.env['TZ'] ?? 'UTC',
    CI: '1',
    NO_COLOR: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
}

function placed(result: TestResult, dir: string): TestResult {
  return { ...result, file: posix.join(dir, result.file), message: result.message.slice(0, MAX_MESSAGE) };
}

function tailOf(ended: Ended, timeoutMs: number): string {
  const said = `${ended.stdout}\n${ended.stderr}`.trim().slice(-TAIL);
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

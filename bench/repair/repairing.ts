import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { folderArtefacts } from '../../src/adapters/artefacts/artefacts.ts';
import { gitWorkspaces } from '../../src/adapters/git/workspace.ts';
import { run } from '../../src/adapters/process/run.ts';
import { detectSandbox } from '../../src/adapters/sandbox/detect-sandbox.ts';
import { treeSitterParser } from '../../src/adapters/syntax/parser.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { toolchains } from '../../src/adapters/toolchains/toolchains.ts';
import { applyFix, type FixPorts } from '../../src/codegen/apply.ts';
import { repairEngine } from '../../src/codegen/repair/engine.ts';
import type { Fix, FixPlan } from '../../src/domain/fix.ts';
import { causesFirst, innermost, type StackTrace } from '../../src/domain/trace.ts';
import { parseTrace } from '../../src/pipeline/traces/parse.ts';
import type { BugCase } from './case.ts';
import { type BugProject, projectOf } from './project.ts';

export interface Repaired {
  readonly bug: BugCase;
  readonly fix: Fix;
  readonly outcome: Fix['outcome'];
  readonly patch: string;
  readonly seconds: number;
}

const PARSER = treeSitterParser();
const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

/** Makes the bug's repository, lets it crash, and has the engine and the real proof deal with it. */
export async function repaired(bug: BugCase, rounds: number): Promise<Repaired> {
  const folder = mkdtempSync(join(tmpdir(), 'vigilai-repair-'));
  try {
    const project = projectOf(bug);
    const root = join(folder, 'repo');
    const trace = crashOf(root, project);
    const commit = committed(root, project);
    const began = performance.now();
    const fix = await applyFix(
      planOf(project, trace, { commit, rounds }),
      await portsAt(folder),
      AbortSignal.timeout(300_000),
    );
    const seconds = (performance.now() - began) / 1000;
    return { bug, fix, outcome: fix.outcome, patch: patchIn(join(folder, 'state', fix.artefacts)), seconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As kept; empty where no change was made. */
function patchIn(artefacts: string): string {
  const file = join(artefacts, 'change.patch');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function write(root: string, files: BugProject['files']): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

/** The log of the crash is what the runtime prints. */
function crashOf(root: string, { files, crash }: BugProject): StackTrace {
  write(root, { ...files, ...crash.files });
  const [program, ...args] = crash.argv;
  const { stdout, stderr } = spawnSync(program, args, { cwd: root, env, encoding: 'utf8' });
  for (const file of Object.keys(crash.files)) rmSync(join(root, file));
  const said = `${stderr}\n${stdout}`;
  const trace = parseTrace(said.split('\n'));
  if (trace === null) throw new Error(`no trace in: ${said}`);
  return trace;
}

function committed(root: string, { files }: BugProject): string {
  write(root, files);
  const git = (...args: readonly string[]): string =>
    spawnSync('git', ['-c', 'user.name=b', '-c', 'user.email=b@b', ...args], {
      cwd: root,
      env,
      encoding: 'utf8',
    }).stdout.trim();
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'a bug');
  return git('rev-parse', 'HEAD');
}

async function portsAt(folder: string): Promise<FixPorts> {
  const root = join(folder, 'repo');
  const stateDir = join(folder, 'state');
  const workspacesDir = join(stateDir, 'workspaces');
  const visible = [join(root, '.git', 'objects')];
  const { platform, execPath } = process;
  const sandbox = await detectSandbox({ run, env, platform, execPath, visible, hidden: [], wanted: 'auto' });
  const testing = { root, run, env, sandbox, execPath, testCommand: null, timeoutMs: 120_000 };
  return {
    fixId: 'fix',
    workspaces: gitWorkspaces({ run, env, root, workspacesDir }),
    agent: repairEngine(PARSER),
    toolchains: toolchains(testing),
    artefacts: folderArtefacts({ stateDir, artefactsDir: join(stateDir, 'fixes') }),
    clock: systemClock(),
    sandboxName: sandbox.name,
    reportTemplate: '{{title}}',
    onProgress: () => undefined,
    parser: PARSER,
    budget: { exhausted: async () => null, spend: async () => undefined },
  };
}

interface Wanted {
  readonly commit: string;
  readonly rounds: number;
}

function planOf({ suspect }: BugProject, trace: StackTrace, { commit, rounds }: Wanted): FixPlan {
  const { errorType, message } = innermost(trace);
  const frames = causesFirst(trace).flatMap((one) => one.frames);
  const frame = frames.find(({ file }) => file.endsWith(suspect) || suspect.endsWith(file));
  const where = { file: suspect, line: frame?.line ?? 1, symbol: frame?.symbol ?? null };
  return {
    anomalyId: '0190aaaa-0000-5000-8000-000000000001',
    diagnosisId: '0190aaaa-0000-7000-8000-000000000002',
    branch: 'vigilai/repair',
    baseCommit: commit,
    baseBranch: 'main',
    title: 'fix: a bug',
    suspect,
    errorType,
    fault: { message, trace, suspects: [{ ...where, score: 1, why: 'the trace ends here', excerpt: null }] },
    brief: '',
    monitoring: 'auto',
    proof: { runs: 2, minCoverage: 0.8, reproduce: null },
    limits: {
      maxFiles: 10,
      maxLines: 400,
      protectedPaths: [],
      rounds,
      startMs: 1_000,
      idleMs: 60_000,
      turnMs: 300_000,
      totalMs: 300_000,
    },
    commitMessage: 'fix: a bug',
  };
}

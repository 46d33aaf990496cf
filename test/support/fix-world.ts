import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { folderArtefacts } from '../../src/adapters/artefacts/artefacts.ts';
import { gitWorkspaces } from '../../src/adapters/git/workspace.ts';
import { run } from '../../src/adapters/process/run.ts';
import { detectSandbox } from '../../src/adapters/sandbox/detect-sandbox.ts';
import { treeSitterParser } from '../../src/adapters/syntax/parser.ts';
import { installedFolders } from '../../src/adapters/toolchains/installed-folders.ts';
import { toolchains } from '../../src/adapters/toolchains/toolchains.ts';
import type { FixBudget, FixPorts } from '../../src/codegen/apply.ts';
import type { Check, Fix, FixPlan } from '../../src/domain/fix.ts';
import type { AgentRun, CodeAgent } from '../../src/ports/agent.ts';
import type { Sandbox } from '../../src/ports/process.ts';

export type Files = Readonly<Record<string, string>>;

/** A folder of this test alone, removed by `remove`. */
export function newWorld(): { readonly folder: string; readonly remove: () => void } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vigilai-fix-')));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function writeFiles(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** git as a user types it, with an identity and nothing of this machine's configuration. */
export function userGit(cwd: string, ...args: readonly string[]): string {
  const who = { GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.com' };
  const committer = { GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.com' };
  const env = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', ...who, ...committer };
  return execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** A repository with one commit. */
export function newRepository(root: string, files: Files): string {
  mkdirSync(root, { recursive: true });
  writeFiles(root, files);
  userGit(root, 'init', '-q', '-b', 'main');
  userGit(root, 'add', '-A');
  userGit(root, 'commit', '-q', '-m', 'start');
  return userGit(root, 'rev-parse', 'HEAD');
}

export const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

export function workspacesAt(world: string) {
  return gitWorkspaces({
    run,
    env,
    root: join(world, 'repo'),
    workspacesDir: join(world, 'state', 'workspaces'),
  });
}

export function sandboxFor(root: string, wanted: 'auto' | 'none' = 'auto'): Promise<Sandbox> {
  const visible = [...installedFolders(root), join(root, '.git', 'objects')];
  return detectSandbox({
    run,
    env,
    platform: process.platform,
    execPath: process.execPath,
    visible,
    hidden: [],
    wanted,
  });
}

export function toolchainsAt(
  root: string,
  sandbox: Sandbox,
  testCommand: readonly string[] | null = null,
  timeoutMs = 60_000,
) {
  return toolchains({ root, run, env, sandbox, execPath: process.execPath, testCommand, timeoutMs });
}

/** An agent whose whole work is a function on the folder. */
export function agentThat(work: (workspace: string) => void, end: AgentRun['end'] = 'finished'): CodeAgent {
  return {
    name: 'scripted',
    recorded: false,
    probe: async () => ({ ready: true, detail: '' }),
    async run(task) {
      work(task.workspace);
      return { end, detail: '', text: 'done', agent: 'scripted 1', transcript: ['{"said":"done"}'] };
    },
  };
}

/** An agent that writes these files. */
export function writing(files: Files): CodeAgent {
  return agentThat((workspace) => writeFiles(workspace, files));
}

export const endless: FixBudget = { exhausted: async () => null, spend: async () => undefined };

export async function portsAt(world: string, agent: CodeAgent): Promise<FixPorts> {
  const root = join(world, 'repo');
  const stateDir = join(world, 'state');
  const sandbox = await sandboxFor(root);
  return {
    fixId: '0190-fix',
    workspaces: workspacesAt(world),
    agent,
    toolchains: toolchainsAt(root, sandbox),
    artefacts: folderArtefacts({ stateDir, artefactsDir: join(stateDir, 'fixes') }),
    clock: { now: () => 1_790_000_000_000, sleep: async () => undefined },
    parser: treeSitterParser(),
    budget: endless,
    sandboxName: sandbox.name,
    reportTemplate: '# {{title}}\n{{outcome}}\n{{engine}}\n{{proof}}\n{{rerun}}\n',
    onProgress: () => undefined,
  };
}

export function planAt(baseCommit: string, suspect: string, errorType: string | null = 'TypeError'): FixPlan {
  const deadlines = { startMs: 1_000, idleMs: 5_000, totalMs: 10_000 };
  return {
    anomalyId: '0190aaaa-0000-5000-8000-000000000001',
    diagnosisId: '0190aaaa-0000-7000-8000-000000000002',
    branch: 'vigilai/typeerror-in-total-0190aaaa',
    baseCommit,
    baseBranch: 'main',
    title: 'fix: TypeError in total',
    suspect,
    errorType,
    fault: { message: null, trace: null, suspects: [] },
    brief: 'fix it',
    monitoring: 'auto',
    proof: { runs: 2, minCoverage: 0.8, reproduce: null },
    limits: { maxFiles: 10, maxLines: 400, protectedPaths: [], rounds: 1, turnMs: 60_000, ...deadlines },
    commitMessage: 'fix: TypeError in total\n\nVigilAI-Anomaly: 0190aaaa-0000-5000-8000-000000000001',
  };
}

export function namesIn(folder: string): readonly string[] {
  return readdirSync(folder);
}

/** What keeps its proof from holding. */
export function failedChecks(fix: Fix): readonly Check[] {
  return fix.proof?.checks.filter((check) => check.result === 'failed') ?? [];
}

import { mkdirSync, realpathSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createEmulator } from 'emulate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acpAgent } from '../../src/adapters/agents/acp/agent.ts';
import type { AgentDeps } from '../../src/adapters/agents/deps.ts';
import { kiroAgent } from '../../src/adapters/agents/kiro/agent.ts';
import { folderArtefacts } from '../../src/adapters/artefacts/artefacts.ts';
import { openRepository } from '../../src/adapters/git/repository.ts';
import { gitWorkspaces } from '../../src/adapters/git/workspace.ts';
import { githubForge } from '../../src/adapters/github/forge.ts';
import { run } from '../../src/adapters/process/run.ts';
import { detectSandbox } from '../../src/adapters/sandbox/detect-sandbox.ts';
import { readToEnd } from '../../src/adapters/sources/file/bytes/read-to-end.ts';
import { treeSitterParser } from '../../src/adapters/syntax/parser.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { fileTemplates } from '../../src/adapters/templates/templates.ts';
import { toolchains } from '../../src/adapters/toolchains/toolchains.ts';
import { applyFix } from '../../src/codegen/apply.ts';
import { planFix } from '../../src/codegen/plan.ts';
import { pullText } from '../../src/codegen/pull-text.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Anomaly } from '../../src/domain/anomaly.ts';
import type { Diagnosis } from '../../src/domain/diagnosis.ts';
import type { Fix } from '../../src/domain/fix.ts';
import { USUAL } from '../../src/pipeline/options.ts';
import { createPipeline } from '../../src/pipeline/pipeline.ts';
import type { AgentTask, CodeAgent } from '../../src/ports/agent.ts';
import type { Sandbox } from '../../src/ports/process.ts';
import type { Forge, ProposedPull, PullHandle } from '../../src/ports/repository.ts';
import { firstRound } from '../support/agent-task.ts';
import { type FakeModel, fakeModel } from '../support/fake-model/server.ts';
import { endless } from '../support/fix-world.ts';
import { serveGit } from '../support/git-http/server.ts';
import { gitIn, headOf, makeBare, messageOf } from '../support/github/repositories.ts';
import { strictGithub } from '../support/github/strict-github.ts';
import type { Listening } from '../support/listen.ts';
import { nothingAround } from '../support/nothing-around.ts';
import { syntaxOnPaper } from '../support/outline-of.ts';
import { processesWith } from '../support/processes.ts';
import { installStandInKiro } from '../support/stand-in-kiro/install.ts';
import { makeShop, runShop, THOUGHTS } from './shop.ts';

/**
 * The whole street with a real agent program: a shop breaks, its log is read, the anomaly diagnosed, qwen-code writes
 * the fix over ACP (its model is scripted, on loopback), the proof runs, the branch is pushed over git's own HTTP and a
 * pull request is opened. VIGILAI_WALK_AGENT names the `qwen` program; `.ci/run` installs it.
 */
const AGENT = process.env['VIGILAI_WALK_AGENT'] ?? '';
const TOKEN = 'ghp_walk';
const REPOSITORY = 'acme/shop';
const clock = systemClock();
const templates = fileTemplates(join(import.meta.dirname, '../../templates'));
const never = new AbortController().signal;
const OPENAI = ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_MODEL'];
const DEADLINES = { startMs: 60_000, idleMs: 60_000, totalMs: 120_000 };

let dir: string;
let root: string;
let bare: string;
let env: Readonly<Record<string, string | undefined>>;
let model: FakeModel;
let git: Listening;
let workspace = '';

beforeAll(async () => {
  dir = realpathSync(await mkdtemp(join(tmpdir(), 'vigilai-walk-')));
  root = join(dir, 'shop');
  bare = join(dir, 'remotes', `${REPOSITORY}.git`);
  makeShop(root);
  makeBare(bare, root);
  model = await fakeModel({ steps: THOUGHTS, folder: () => workspace });
  git = await serveGit({ root: join(dir, 'remotes'), tokens: { [TOKEN]: 'vigil' } });
  mkdirSync(join(dir, 'home', '.qwen'), { recursive: true });
  env = {
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
    HOME: join(dir, 'home'),
    OPENAI_API_KEY: 'x',
    OPENAI_BASE_URL: `${model.url}/v1`,
    OPENAI_MODEL: 'fake-coder',
    GITHUB_TOKEN: TOKEN,
  };
});

afterAll(async () => {
  await Promise.all([model.close(), git.close()]);
  await rm(dir, { recursive: true, force: true });
});

describe('the walk with a real agent', () => {
  let anomaly: Anomaly;
  let diagnosis: Diagnosis;
  let fix: Fix;
  let proposal: ProposedPull;

  it('has an agent to walk with', () => {
    expect(AGENT, 'VIGILAI_WALK_AGENT must name the qwen program of @qwen-code/qwen-code').not.toBe('');
  });

  it('notices what breaks in the log of the running shop', async () => {
    const log = runShop(root, ['apple', 'pear', 'apple', 'kiwi', 'pear', 'kiwi']);
    anomaly = await noticed(log);
    expect(anomaly.kind).toBe('error');
    expect(anomaly.title).toContain('TypeError');
  });

  it('finds the file, the line and the commit', async () => {
    const repository = await openRepository({ run, env: process.env }, root);
    const budget = {
      caps: { perAnomaly: 0, perDay: 0, perWorkspace: 0 },
      spent: () => Promise.resolve({ anomaly: 0, day: 0, workspace: 0 }),
      spend: () => Promise.resolve(),
    };
    const ports = {
      repository,
      syntax: syntaxOnPaper,
      model: null,
      patterns: await templates.patterns(),
      clock,
      budget,
      surroundings: nothingAround,
      contextTokens: 6000,
    };
    diagnosis = await diagnose(anomaly, ports, { id: '0190-diagnosis', offline: true, signal: never });
    expect(diagnosis.suspects[0]).toMatchObject({ file: 'src/prices.mjs', line: 4 });
    expect(diagnosis.suspectCommits[0]).toMatchObject({ subject: 'feat: net prices' });
  });

  it('has the agent write a fix, and proves it', async () => {
    const before = stateOf(root);
    fix = await fixed(anomaly, diagnosis);
    expect(fix.outcome, JSON.stringify(fix.outcome)).toMatchObject({ end: 'proven' });
    expect(fix.proof?.checks.every(({ result }) => result !== 'failed')).toBe(true);
    expect(fix.proof?.sandbox).not.toBe('none');
    expect(fix.files.map(({ path }) => path).toSorted()).toEqual(['src/prices.mjs', 'test/orders.test.mjs']);
    expect(model.requests.length).toBeGreaterThanOrEqual(THOUGHTS.length);
    expect(stateOf(root)).toEqual(before);
    expect(processesWith(dir)).toEqual([]);
  });

  it('drives the same agent behind a kiro-cli, by the ordinary way of Kiro', async () => {
    const folder = join(dir, 'by-kiro');
    gitIn(root, 'clone', '--quiet', root, folder);
    workspace = realpathSync(folder);
    // Of a home, Kiro may write its sessions only: there the agent behind it finds its own.
    mkdirSync(join(dir, 'home', '.kiro'));
    const home = `HOME=${join(dir, 'home', '.kiro/sessions')}`;
    const handOver = JSON.stringify(['env', home, AGENT, '--acp', '--auth-type', 'openai']);
    const kiro = kiroAgent(
      {
        command: await installStandInKiro(join(dir, 'bin')),
        env: [...OPENAI, 'FAKE_KIRO_ACP'],
        network: true,
      },
      depsOf(await sandboxOf([join(dirname(AGENT), '..'), join(import.meta.dirname, '../support')]), {
        KIRO_API_KEY: 'ksk_test',
        FAKE_KIRO_ACP: handOver,
      }),
    );
    const limits = {
      maxFiles: 5,
      maxLines: 100,
      protectedPaths: [],
      rounds: 1,
      turnMs: 60_000,
      ...DEADLINES,
    };
    const said = await kiro.run(
      { ...firstRound, brief: 'Fix it.', workspace, limits, onProgress: () => undefined },
      never,
    );
    expect(said, said.detail).toMatchObject({
      end: 'finished',
      agent: expect.stringMatching(/qwen/i) as string,
    });
    expect(gitIn(folder, 'diff', '--name-only')).toBe('src/prices.mjs\ntest/orders.test.mjs');
    expect(processesWith(dir)).toEqual([]);
  });

  it('pushes the branch and opens one pull request on a strict GitHub', async () => {
    const template = await templates.text('pull-request.md');
    const { title, body } = pullText({ anomaly, diagnosis, fix, template });
    proposal = { branch: fix.branch, base: fix.baseBranch, title, body, reviewers: [] };
    const github = await strictGithub({
      repository: REPOSITORY,
      tokens: { [TOKEN]: 'vigil' },
      branch: (name) => headOf(bare, name),
      message: (sha) => messageOf(bare, sha),
    });
    const forge = forgeAt(github.url);
    const first = await propose(forge, fix, proposal);
    const second = await propose(forge, fix, proposal);
    await github.close();
    expect([first.change, second.change]).toEqual(['created', 'unchanged']);
    expect(github.pulls).toMatchObject([{ draft: true, head: { ref: fix.branch }, base: { ref: 'main' } }]);
    expect(headOf(bare, fix.branch)).toBe(commitOf(fix));
    expect(messageOf(bare, fix.branch)).toContain(`VigilAI-Anomaly: ${anomaly.id}`);
    if (process.env['VIGILAI_WALK_PRINT'] === '1') console.log(`${title}\n\n${github.pulls[0]?.body}`);
  });

  it('opens the same pull request on an emulator that others wrote', async () => {
    const emulator = await createEmulator({
      service: 'github',
      port: 0,
      seed: {
        tokens: { [TOKEN]: { login: 'acme', scopes: ['repo'] } },
        github: { users: [{ login: 'acme' }], repos: [{ owner: 'acme', name: 'shop', auto_init: true }] },
      },
    });
    const forge = forgeAt(emulator.url);
    const first = await propose(forge, fix, proposal);
    const second = await propose(forge, fix, proposal);
    await emulator.close();
    expect([first.change, second.change]).toEqual(['created', 'unchanged']);
  });
});

async function noticed(log: string): Promise<Anomaly> {
  const pipeline = createPipeline({ ...USUAL, source: 'shop', dimensions: [] });
  for await (const batch of readToEnd(log, process.stdin)) {
    for (const sighting of pipeline.push(batch).sightings) {
      if (sighting.kind === 'opened') return { ...sighting.facts, status: 'detected' };
    }
  }
  for (const sighting of pipeline.advance(clock.now() + 60_000).sightings) {
    if (sighting.kind === 'opened') return { ...sighting.facts, status: 'detected' };
  }
  throw new Error('nothing was noticed');
}

function sandboxOf(visible: readonly string[]): Promise<Sandbox> {
  const { execPath, platform } = process;
  const home = { ...env, HOME: homedir() };
  return detectSandbox({ run, platform, env: home, execPath, visible, hidden: [], wanted: 'auto' });
}

function depsOf(sandbox: Sandbox, more: Readonly<Record<string, string>> = {}): AgentDeps {
  return { clock, sandbox, env: { ...env, ...more }, home: join(dir, 'home'), temp: dir, version: '0' };
}

async function fixed(anomaly: Anomaly, diagnosis: Diagnosis): Promise<Fix> {
  const state = join(dir, 'state');
  const sandbox = await sandboxOf([join(root, '.git')]);
  const limits = { maxFiles: 5, maxLines: 100, protectedPaths: [], rounds: 1, turnMs: 60_000 };
  const plan = planFix({
    anomaly,
    diagnosis,
    base: { commit: gitIn(root, 'rev-parse', 'HEAD'), branch: 'main' },
    rules: {
      ...limits,
      ...DEADLINES,
      proof: { runs: 3, minCoverage: 0.8, reproduce: null },
      monitoring: 'auto',
    },
    briefTemplate: await templates.text('brief.md'),
  });
  const agent = acpAgent(
    {
      name: 'qwen',
      recorded: false,
      argv: [AGENT, '--acp', '--auth-type', 'openai'],
      env: OPENAI,
      readable: [],
      writable: ['.qwen'],
      network: true,
    },
    depsOf(sandbox),
  );
  const { execPath } = process;
  const project = { root, run, env, sandbox, execPath, testCommand: null, timeoutMs: 60_000 };
  return applyFix(
    plan,
    {
      fixId: '0190-fix',
      workspaces: gitWorkspaces({ run, env, root, workspacesDir: join(state, 'workspaces') }),
      agent: watched(agent),
      toolchains: toolchains(project),
      artefacts: folderArtefacts({ stateDir: state, artefactsDir: join(state, 'fixes') }),
      parser: treeSitterParser(),
      clock,
      budget: endless,
      sandboxName: sandbox.name,
      reportTemplate: await templates.text('fix-report.md'),
      onProgress: () => undefined,
    },
    never,
  );
}

/** The scripted model names files by their whole path: it must know the workspace. */
function watched(agent: CodeAgent): CodeAgent {
  return {
    ...agent,
    run: (task: AgentTask, signal) => {
      workspace = realpathSync(task.workspace);
      return agent.run(task, signal);
    },
  };
}

function forgeAt(apiUrl: string): Forge {
  const remote = { host: 'github.com', owner: 'acme', name: 'shop' };
  const pushUrl = `${git.url}/${REPOSITORY}.git`;
  return githubForge({ remote, token: TOKEN, root, apiUrl, pushUrl, version: '0' }, { clock, run, env });
}

async function propose(forge: Forge, fix: Fix, proposal: ProposedPull): Promise<PullHandle> {
  await forge.push(fix.branch, commitOf(fix));
  return forge.ensurePull(proposal);
}

function commitOf({ outcome }: Fix): string {
  return outcome.end === 'proven' ? outcome.commit : '';
}

/** Everything of the checkout that a fix must leave as it was; the new branch is the only news. */
function stateOf(repository: string): readonly string[] {
  const refs = gitIn(repository, 'for-each-ref').split('\n');
  return [
    ...refs.filter((ref) => !ref.includes('refs/heads/vigilai/')),
    gitIn(repository, 'status', '--porcelain', '--ignored'),
    gitIn(repository, 'config', '--list', '--local'),
    gitIn(repository, 'stash', 'list'),
  ];
}

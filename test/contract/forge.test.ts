import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from 'emulate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { githubForge } from '../../src/adapters/github/forge.ts';
import { run } from '../../src/adapters/process/run.ts';
import type { Command } from '../../src/ports/process.ts';
import type { Forge } from '../../src/ports/repository.ts';
import { serveGit } from '../support/git-http/server.ts';
import {
  gitIn,
  headOf,
  makeBare,
  makeRepository,
  messageOf,
  writeFiles,
} from '../support/github/repositories.ts';
import {
  type StrictGithub,
  type StrictGithubOptions,
  strictGithub,
} from '../support/github/strict-github.ts';
import { BRANCH, codeOf, type ForgeBench, forgeContract, PROPOSAL } from './forge.ts';

const TOKEN = 'ghp_0123456789abcdefghijklmnopqrstuvwxyz';
const TOKENS = { [TOKEN]: 'vigil', ghp_reader: 'reader' };
const REPOSITORY = 'acme/shop';

/** A checkout, its bare repository over HTTP, and every command that was run. */
interface Ground {
  readonly root: string;
  readonly bare: string;
  readonly commands: Command[];
  forge(apiUrl: string, token?: string): Forge;
  readonly commit: (text: string) => string;
  close(): Promise<void>;
}

async function openGround(): Promise<Ground> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'vigilai-forge-')));
  const root = join(dir, 'checkout');
  const bare = join(dir, 'remotes', `${REPOSITORY}.git`);
  makeRepository(root, { 'src/div.mjs': 'export const div = (a, b) => a / b;\n' });
  makeBare(bare, root);
  const git = await serveGit({ root: join(dir, 'remotes'), tokens: TOKENS, readOnly: ['reader'] });
  const commands: Command[] = [];
  const { PATH } = process.env;
  const deps = {
    // Waits are not waited for here.
    clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
    env: { PATH, HOME: dir },
    run: (...args: Parameters<typeof run>) => {
      commands.push(args[0]);
      return run(...args);
    },
  };
  const remote = { host: 'github.com', owner: 'acme', name: 'shop' };
  return {
    root,
    bare,
    commands,
    forge: (apiUrl, token = TOKEN) =>
      githubForge(
        { remote, token, root, apiUrl, pushUrl: `${git.url}/${REPOSITORY}.git`, version: '0' },
        deps,
      ),
    commit(text) {
      writeFiles(root, { 'note.txt': text });
      gitIn(root, 'add', '--all');
      const tree = gitIn(root, 'write-tree');
      const message = `fix: ${text}\n\nVigilAI-Anomaly: 0001`;
      return gitIn(root, 'commit-tree', tree, '-p', 'main', '-m', message);
    },
    async close() {
      await git.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function openGithub(ground: Ground, more: Partial<StrictGithubOptions> = {}): Promise<StrictGithub> {
  return strictGithub({
    repository: REPOSITORY,
    tokens: TOKENS,
    readOnly: ['reader'],
    branch: (name) => headOf(ground.bare, name),
    message: (sha) => messageOf(ground.bare, sha),
    ...more,
  });
}

async function onStrictGithub(): Promise<ForgeBench> {
  const ground = await openGround();
  const github = await openGithub(ground);
  return {
    forge: ground.forge(github.url),
    stranger: ground.forge(github.url, 'ghp_unknown'),
    commit: ground.commit,
    pulls: () => Promise.resolve(github.pulls),
    close: async () => {
      await github.close();
      await ground.close();
    },
  };
}

/** A second opinion: an emulator that was written by others. It has no git, so branches are made over its API. */
async function onEmulator(): Promise<ForgeBench> {
  const ground = await openGround();
  const seed = {
    github: { users: [{ login: 'acme' }], repos: [{ owner: 'acme', name: 'shop', auto_init: true }] },
  };
  const emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: { tokens: { [TOKEN]: { login: 'acme', scopes: ['repo'] } }, ...seed },
  });
  const headers = { authorization: `token ${TOKEN}`, accept: 'application/vnd.github+json' };
  return {
    forge: ground.forge(emulator.url),
    stranger: ground.forge(emulator.url, 'ghp_unknown'),
    commit: ground.commit,
    async pulls() {
      const answer = await fetch(`${emulator.url}/repos/${REPOSITORY}/pulls?state=open`, { headers });
      return (await answer.json()) as Awaited<ReturnType<ForgeBench['pulls']>>;
    },
    close: async () => {
      await emulator.close();
      await ground.close();
    },
  };
}

forgeContract('GitHub, strict', onStrictGithub);
forgeContract('GitHub, emulated', onEmulator);

describe('GitHub', () => {
  let ground: Ground;
  let github: StrictGithub;
  const start = async (more: Partial<StrictGithubOptions> = {}, token = TOKEN) => {
    await github.close();
    github = await openGithub(ground, more);
    return ground.forge(github.url, token);
  };
  beforeEach(async () => {
    ground = await openGround();
    github = await openGithub(ground);
  });
  afterEach(async () => {
    await github.close();
    await ground.close();
  });

  it('leaves the token in no argv, no remote and no file of the repository', async () => {
    const forge = await start();
    await forge.push(BRANCH, ground.commit('a'));
    const basic = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
    const argv = JSON.stringify(ground.commands.map((command) => command.argv));
    expect(ground.commands.length).toBeGreaterThan(1);
    expect(argv).not.toContain(TOKEN);
    expect(argv).not.toContain(basic);
    const config = await readFile(join(ground.root, '.git/config'), 'utf8');
    expect(config).not.toMatch(/token|extraHeader/i);
    expect(gitIn(ground.root, 'remote')).toBe('');
  });

  it('names no token in its errors', async () => {
    const forge = await start({}, 'ghp_reader');
    const error = await forge.push(BRANCH, ground.commit('a')).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'forge_failed', message: expect.stringContaining('403') as string });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/ghp_reader|Basic/);
  });

  it('runs no hook of the repository', async () => {
    const forge = await start();
    writeFiles(ground.root, { '.git/hooks/pre-push': '#!/bin/sh\nexit 1\n' });
    gitIn(ground.root, 'config', 'core.hooksPath', '.git/hooks');
    await chmod(join(ground.root, '.git/hooks/pre-push'), 0o755);
    const sha = ground.commit('a');
    await forge.push(BRANCH, sha);
    expect(headOf(ground.bare, BRANCH)).toBe(sha);
  });

  it('replaces our own earlier branch', async () => {
    const forge = await start();
    await forge.push(BRANCH, ground.commit('a'));
    const better = ground.commit('b');
    await forge.push(BRANCH, better);
    expect(headOf(ground.bare, BRANCH)).toBe(better);
  });

  it('does not overwrite what somebody put on top of our branch', async () => {
    const forge = await start();
    await forge.push(BRANCH, ground.commit('a'));
    const tree = gitIn(ground.bare, 'rev-parse', `${BRANCH}^{tree}`);
    const theirs = gitIn(ground.bare, 'commit-tree', tree, '-p', BRANCH, '-m', 'my review');
    gitIn(ground.bare, 'update-ref', `refs/heads/${BRANCH}`, theirs);
    expect(await codeOf(forge.push(BRANCH, ground.commit('b')))).toBe('refused');
    expect(headOf(ground.bare, BRANCH)).toBe(theirs);
  });

  it('opens an ordinary pull request where the plan has no drafts', async () => {
    const forge = await start({ drafts: false });
    await forge.push(BRANCH, ground.commit('a'));
    expect(await forge.ensurePull(PROPOSAL)).toMatchObject({ change: 'created' });
    expect(github.pulls).toMatchObject([{ draft: false }]);
  });

  it('says what GitHub says when the branch was never pushed', async () => {
    const forge = await start();
    expect(await codeOf(forge.ensurePull(PROPOSAL))).toBe('forge_failed');
    expect(github.pulls).toEqual([]);
  });

  it('asks for reviews, and opens the pull request even when that is refused', async () => {
    const forge = await start();
    await forge.push(BRANCH, ground.commit('a'));
    expect(await forge.ensurePull({ ...PROPOSAL, reviewers: ['author'] })).toMatchObject({
      change: 'created',
    });
    expect(github.pulls).toHaveLength(1);
  });

  it('cuts a body that GitHub would refuse, and still knows it again', async () => {
    const forge = await start();
    await forge.push(BRANCH, ground.commit('a'));
    const long = { ...PROPOSAL, body: `${PROPOSAL.body}${'x'.repeat(70_000)}` as typeof PROPOSAL.body };
    await forge.ensurePull(long);
    expect(await forge.ensurePull(long)).toMatchObject({ change: 'unchanged' });
  });

  it('tries again when GitHub has a bad moment, and does not open a second pull request', async () => {
    const forge = await start();
    await forge.push(BRANCH, ground.commit('a'));
    github.failWith({ status: 502 }, { status: 429, headers: { 'retry-after': '0' } });
    expect(await forge.ensurePull(PROPOSAL)).toMatchObject({ change: 'created' });
    expect(github.pulls).toHaveLength(1);
  });

  it('gives up on a rate limit that lasts too long, and says how long', async () => {
    const forge = await start();
    const reset = String(Math.ceil(Date.now() / 1000) + 3600);
    github.failWith({ status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset } });
    const error = await forge.ensurePull(PROPOSAL).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'forge_failed', hint: expect.stringMatching(/6[01] min/) as string });
    expect(github.log).toHaveLength(1);
  });

  it.each([
    [401, 'token is not valid'],
    [404, 'does not exist'],
  ])('explains a %s', async (status, words) => {
    const forge = await start();
    github.failWith({ status });
    await expect(forge.ensurePull(PROPOSAL)).rejects.toThrow(words);
  });

  it('says that nobody answers', async () => {
    const forge = ground.forge('http://127.0.0.1:9');
    expect(await codeOf(forge.ensurePull(PROPOSAL))).toBe('forge_failed');
  });
});

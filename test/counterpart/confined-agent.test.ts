import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentDeps } from '../../src/adapters/agents/deps.ts';
import { kiroAgent } from '../../src/adapters/agents/kiro/agent.ts';
import { recordedAgent } from '../../src/adapters/agents/recorded/agent.ts';
import { run } from '../../src/adapters/process/run.ts';
import { detectSandbox } from '../../src/adapters/sandbox/detect-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import type { CodeAgent } from '../../src/ports/agent.ts';
import type { Sandbox } from '../../src/ports/process.ts';
import { firstRound } from '../support/agent-task.ts';
import { processesWith } from '../support/processes.ts';
import { realProgram } from '../support/real-program.ts';
import { installStandInKiro } from '../support/stand-in-kiro/install.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
const LIMITS = { maxFiles: 5, maxLines: 100, protectedPaths: [], rounds: 1, turnMs: 60_000 };
const DEADLINES = { startMs: 20_000, idleMs: 20_000, totalMs: 30_000 };

/** A home, a workspace elsewhere, and the sandbox of this machine that hides the one and opens the other. */
let home: string;
let workspace: string;
beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'vigilai-home-')));
  workspace = await realpath(await mkdtemp(join(tmpdir(), 'vigilai-workspace-')));
});
afterEach(async () => {
  expect(processesWith(workspace)).toEqual([]);
  await rm(home, { recursive: true, force: true });
  await rm(workspace, { recursive: true, force: true });
});

function boxFor(hidden: string, visible: readonly string[]): Promise<Sandbox> {
  const env = { PATH: process.env['PATH'], HOME: hidden };
  const { platform, execPath } = process;
  return detectSandbox({ run, platform, env, execPath, visible, hidden: [], wanted: 'auto' });
}

function depsWith(sandbox: Sandbox, env: Readonly<Record<string, string>> = {}): AgentDeps {
  const base = { PATH: process.env['PATH'], HOME: home };
  return { clock: systemClock(), sandbox, env: { ...base, ...env }, home, temp: tmpdir(), version: '0' };
}

function work(agent: CodeAgent) {
  const limits = { ...LIMITS, ...DEADLINES };
  const task = { ...firstRound, brief: 'Fix it.', workspace, limits, onProgress: () => undefined };
  return agent.run(task, new AbortController().signal);
}

describe.skipIf(realProgram('bwrap').skipped)('a confined agent', () => {
  it('replays a recording although our own installation lies in the hidden home', async () => {
    const sandbox = await boxFor(dirname(REPOSITORY), []);
    const steps = [{ step: 'write', path: 'a/b.txt', content: 'fine\n' }];
    const file = join(home, 'recording.json');
    await writeFile(file, JSON.stringify({ agent: 'hand-written', recorded: '2026-11-22', steps }));
    expect(sandbox.name).not.toBe('none');
    expect(await work(recordedAgent(file, depsWith(sandbox)))).toMatchObject({ end: 'finished' });
    expect(await readFile(join(workspace, 'a/b.txt'), 'utf8')).toBe('fine\n');
  });

  it('writes its sessions, but neither its settings nor the home; sees its own folder and no other', async () => {
    await mkdir(join(home, '.kiro'));
    await mkdir(join(home, '.ssh'));
    await writeFile(join(home, '.kiro/settings.json'), '{}');
    await writeFile(join(home, '.ssh/id_ed25519'), 'secret');
    const command = await installStandInKiro(join(home, '.local/bin'));
    const shell = [
      `echo kept > "$HOME/.kiro/sessions/one"`,
      `echo planted > "$HOME/.kiro/settings.json"`,
      `echo planted > "$HOME/.bashrc"`,
      `cat "$HOME/.ssh/id_ed25519" > stolen.txt`,
      `cat "$HOME/.kiro/settings.json" > settings.txt`,
      'env > env.txt',
    ].join('; ');
    const script = join(workspace, '.script.json');
    await writeFile(script, JSON.stringify([{ shell }, { text: 'Done.' }]));
    const keys = { KIRO_API_KEY: 'ksk_test', FAKE_KIRO_SCRIPT: script, GITHUB_TOKEN: 'ghp_secret' };
    const deps = depsWith(await boxFor(home, [REPOSITORY]), keys);
    const agent = kiroAgent({ command, env: ['FAKE_KIRO_SCRIPT'], network: false }, deps);
    expect(await work(agent)).toMatchObject({ end: 'finished' });
    const read = (file: string) => readFile(join(workspace, file), 'utf8');
    expect(await readFile(join(home, '.kiro/sessions/one'), 'utf8')).toBe('kept\n');
    expect(await readFile(join(home, '.kiro/settings.json'), 'utf8')).toBe('{}');
    expect(existsSync(join(home, '.bashrc'))).toBe(false);
    expect(await read('stolen.txt')).toBe('');
    expect(await read('settings.txt')).toBe('{}');
    expect(await read('env.txt')).not.toContain('ghp_secret');
    expect(await read('env.txt')).toContain('KIRO_API_KEY');
  });
});

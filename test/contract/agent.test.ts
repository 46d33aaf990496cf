import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acpAgent } from '../../src/adapters/agents/acp/agent.ts';
import { commandAgent } from '../../src/adapters/agents/headless/agent.ts';
import { kiroAgent } from '../../src/adapters/agents/kiro/agent.ts';
import { recordedAgent } from '../../src/adapters/agents/recorded/agent.ts';
import type { AgentRun, CodeAgent } from '../../src/ports/agent.ts';
import { installStandInKiro } from '../support/stand-in-kiro/install.ts';
import { agentContract, type Bench, onBench, SCRIPT, writeScript } from './agent.ts';

const FAKE = ['SCRIPT', 'FAULT', 'NO_ACP', 'ENGINE', 'VERSION', 'ACP'].map((name) => `FAKE_KIRO_${name}`);
const KEY = { KIRO_API_KEY: 'ksk_test' };
const OLD = { FAKE_KIRO_NO_ACP: '1' };
const faults = {
  stalls: { FAKE_KIRO_FAULT: 'stall' },
  crashes: { FAKE_KIRO_FAULT: 'crash' },
  leaks: { FAKE_KIRO_FAULT: 'leak' },
};

async function kiro(bench: Bench, script: unknown = SCRIPT): Promise<CodeAgent> {
  const command = await installStandInKiro(join(bench.dir, 'bin'));
  const file = await writeScript(bench, script);
  const env = { ...bench.deps.env, FAKE_KIRO_SCRIPT: file };
  return kiroAgent({ command, env: FAKE, network: false }, { ...bench.deps, env });
}

async function generic(bench: Bench): Promise<CodeAgent> {
  const command = await installStandInKiro(join(bench.dir, 'bin'));
  const file = await writeScript(bench, SCRIPT);
  const deps = { ...bench.deps, env: { ...bench.deps.env, FAKE_KIRO_SCRIPT: file } };
  const rules = { env: FAKE, readable: [], writable: [], network: false };
  return acpAgent({ ...rules, name: 'acp', recorded: false, argv: [command, 'acp'] }, deps);
}

async function recorded(bench: Bench): Promise<CodeAgent> {
  const steps = SCRIPT.map((step) =>
    'write' in step ? { step: 'write', ...step.write } : { step: 'message', text: step.text },
  );
  const file = join(bench.dir, 'recording.json');
  await writeFile(file, JSON.stringify({ agent: 'hand-written', recorded: '2026-11-22', steps }));
  return recordedAgent(file, bench.deps);
}

agentContract('kiro over ACP', kiro, faults, KEY);
agentContract('kiro over stream-json', kiro, faults, { ...KEY, ...OLD });
agentContract('any agent over ACP', generic, faults);
agentContract('recorded agent', recorded, { stalls: null, crashes: null, leaks: null });

/** Where nothing ever starts there is no need to wait long for it. */
const limitsOf = (env: Readonly<Record<string, string>>) =>
  ['silent-init', 'stall'].includes(env['FAKE_KIRO_FAULT'] ?? '') ? { startMs: 2_500 } : {};

describe.concurrent('the Kiro CLI goes wrong', () => {
  const runWith = (
    env: Readonly<Record<string, string>>,
    check: (run: AgentRun, bench: Bench) => void,
    script: unknown = SCRIPT,
  ) => onBench(env, async (bench) => check(await bench.run(await kiro(bench, script), limitsOf(env)), bench));

  it.each([
    ['acp', 'auth', {}, 'not_signed_in'],
    ['acp', 'silent-init', {}, 'start_timeout'],
    ['acp', 'exit0-nothing', {}, 'finished'],
    ['acp', 'denied', {}, 'finished'],
    ['acp', 'truncated', {}, 'exited'],
    ['stream-json', 'auth', OLD, 'not_signed_in'],
    ['stream-json', 'login-hang', OLD, 'not_signed_in'],
    ['stream-json', 'stall', OLD, 'start_timeout'],
    ['stream-json', 'exit0-nothing', OLD, 'failed'],
    ['stream-json', 'denied', OLD, 'finished'],
    ['stream-json', 'truncated', OLD, 'exited'],
  ])('over %s with fault %s', (_wire, fault, env, end) =>
    runWith({ ...KEY, ...env, FAKE_KIRO_FAULT: fault }, (run) => expect(run).toMatchObject({ end })),
  );

  it('is not started at all without a credential', () =>
    runWith({}, (run) => {
      expect(run).toMatchObject({ end: 'not_signed_in', transcript: [] });
      expect(run.detail).toContain('KIRO_API_KEY');
    }));

  it('is not installed', () =>
    onBench({}, async (bench) => {
      const agent = kiroAgent({ command: 'no-such-kiro', env: [], network: false }, bench.deps);
      expect(await agent.probe()).toMatchObject({ ready: false });
      expect((await bench.run(agent)).end).toBe('not_installed');
    }));

  it('speaks the v3 dialect, signed in by the CLI', () =>
    runWith({ ...KEY, FAKE_KIRO_ENGINE: 'v3' }, (run) => {
      expect(run).toMatchObject({ end: 'finished', agent: 'kiro' });
    }));

  it('is refused a write outside the workspace and one into .git', () => {
    const paths = ['../outside.txt', '.git/hooks/post-checkout', 'inside.txt'];
    const script = paths.map((path) => ({ write: { path, content: 'x\n' } }));
    const check = (run: AgentRun, bench: Bench) => {
      const ended = bench.said.filter((said) => said.kind === 'tool' && said.status !== 'pending');
      expect(run.end).toBe('finished');
      expect(ended).toMatchObject([{ status: 'failed' }, { status: 'failed' }, { status: 'completed' }]);
    };
    return runWith(KEY, check, script);
  });
});

describe.concurrent('any program by its command', () => {
  const rules = { env: [], readable: [], writable: [], network: false };
  const shell = (script: string, ...more: string[]) =>
    ({ ...rules, argv: ['sh', '-c', script, 'sh', ...more] }) as const;

  it('finds its task in a file that the command names', () =>
    onBench({}, async (bench) => {
      const agent = commandAgent(shell('cp "$1" told.md && echo Done.', '{brief}'), bench.deps);
      expect(await bench.run(agent)).toMatchObject({ end: 'finished', text: 'Done.\n' });
      expect(await readFile(join(bench.workspace, 'told.md'), 'utf8')).toBe('Fix the division by zero.');
    }));

  it('finds it on stdin where the command names no file', () =>
    onBench({}, async (bench) => {
      const agent = commandAgent(shell('cat > told.md; echo "$#"', '{prompt}'), bench.deps);
      expect(await bench.run(agent)).toMatchObject({ end: 'finished', text: '0\n' });
      expect(await readFile(join(bench.workspace, 'told.md'), 'utf8')).toBe('Fix the division by zero.');
    }));

  it('has failed when it leaves with anything but 0', () =>
    onBench({}, async (bench) => {
      const run = await bench.run(commandAgent(shell('echo no >&2; exit 3'), bench.deps));
      expect(run).toMatchObject({ end: 'exited', detail: expect.stringContaining('no') as string });
    }));

  it('is given up when it falls silent', () =>
    onBench({}, async (bench) => {
      const run = await bench.run(commandAgent(shell('sleep 600'), bench.deps), { idleMs: 300 });
      expect(run.end).toBe('idle_timeout');
    }));
});

describe('an agent that does not exist', () => {
  it('settles as not installed', () =>
    onBench({}, async (bench) => {
      const rules = { env: [], readable: [], writable: [], network: false };
      const ghost = { ...rules, name: 'ghost', recorded: false, argv: ['no-such-agent'] as const };
      expect((await bench.run(acpAgent(ghost, bench.deps))).end).toBe('not_installed');
    }));
});

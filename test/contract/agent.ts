import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AgentDeps } from '../../src/adapters/agents/deps.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import type { FixLimits } from '../../src/domain/fix.ts';
import type { AgentProgress, AgentRun, CodeAgent } from '../../src/ports/agent.ts';
import type { Sandbox } from '../../src/ports/process.ts';
import { firstRound } from '../support/agent-task.ts';
import { processesWith } from '../support/processes.ts';

const FIXED = 'export const div = (a, b) => (b === 0 ? null : a / b);\n';

/** What every agent of the suite does when all goes well. */
export const SCRIPT = [
  { text: 'I will fix it.\n' },
  { write: { path: 'src/div.mjs', content: FIXED } },
  { text: 'Done.' },
];

const noBox: Sandbox = { name: 'none', confine: (command) => command };

/** A folder with a workspace, a temporary folder and the deps of an agent whose children can be found again. */
export interface Bench {
  readonly dir: string;
  readonly workspace: string;
  readonly deps: AgentDeps;
  readonly said: AgentProgress[];
  run(agent: CodeAgent, limits?: Partial<FixLimits>, signal?: AbortSignal): Promise<AgentRun>;
  /** Command lines of what is still alive of the runs. */
  leftovers(): readonly string[];
}

async function makeBench(env: Readonly<Record<string, string>> = {}): Promise<Bench> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'vigilai-agents-')));
  const workspace = await mkdtemp(join(dir, 'workspace-'));
  const said: AgentProgress[] = [];
  const { PATH, LANG } = process.env;
  const deps: AgentDeps = {
    clock: systemClock(),
    sandbox: noBox,
    env: { PATH, LANG, HOME: dir, GITHUB_TOKEN: 'ghp_secret', ...env },
    home: dir,
    temp: dir,
    version: '0.0.0',
  };
  return {
    dir,
    workspace,
    deps,
    said,
    leftovers: () => processesWith(workspace),
    run(agent, limits = {}, signal = new AbortController().signal) {
      const task = {
        ...firstRound,
        brief: 'Fix the division by zero.',
        workspace,
        limits: { ...LIMITS, ...limits },
        onProgress: (progress: AgentProgress) => said.push(progress),
      };
      return agent.run(task, signal);
    },
  };
}

const LIMITS: FixLimits = {
  maxFiles: 5,
  maxLines: 100,
  protectedPaths: [],
  rounds: 1,
  turnMs: 60_000,
  startMs: 8_000,
  idleMs: 8_000,
  totalMs: 15_000,
};

/** How a subject is made to go wrong; null where it cannot. */
export interface Faults {
  /** It starts a turn and falls silent. */
  readonly stalls: Readonly<Record<string, string>> | null;
  readonly crashes: Readonly<Record<string, string>> | null;
  /** It leaves a grandchild behind that holds the pipes. */
  readonly leaks: Readonly<Record<string, string>> | null;
}

/** Opens a bench, works on it, and expects that nothing of the runs is left: no process, no temporary folder. */
export async function onBench(
  env: Readonly<Record<string, string>>,
  work: (bench: Bench) => Promise<void>,
): Promise<void> {
  const bench = await makeBench(env);
  await work(bench);
  expect(bench.leftovers()).toEqual([]);
  expect((await readdir(bench.dir)).filter((entry) => entry.startsWith('vigilai-agent-'))).toEqual([]);
  await rm(bench.dir, { recursive: true, force: true });
}

/** What holds for every agent. `make` builds one whose happy path is `SCRIPT`. */
export function agentContract(
  name: string,
  make: (bench: Bench) => Promise<CodeAgent>,
  faults: Faults,
  env: Readonly<Record<string, string>> = {},
): void {
  describe.concurrent(name, () => {
    const sentence = (
      title: string,
      fault: Readonly<Record<string, string>> | null,
      work: (bench: Bench, agent: CodeAgent) => Promise<void>,
    ) =>
      fault !== null &&
      it(title, () => onBench({ ...env, ...fault }, async (bench) => work(bench, await make(bench))));

    sentence('is ready when probed', {}, async (_bench, agent) => {
      expect(await agent.probe()).toMatchObject({ ready: true });
    });

    sentence('changes the workspace, tells what it does and ends', {}, async (bench, agent) => {
      const run = await bench.run(agent);
      expect(run).toMatchObject({ end: 'finished' });
      expect(await readFile(join(bench.workspace, 'src/div.mjs'), 'utf8')).toBe(FIXED);
      expect(run.text).toContain('Done.');
      expect(bench.said).toContainEqual({ kind: 'message', text: 'I will fix it.' });
      const tools = bench.said.filter((progress) => progress.kind === 'tool');
      expect(tools.at(-1)).toMatchObject({ toolKind: 'edit', status: 'completed' });
    });

    sentence('keeps what went over the wire, without a token', {}, async (bench, agent) => {
      const { transcript } = await bench.run(agent);
      expect(transcript.map((line) => typeof JSON.parse(line))).toContain('object');
      expect(transcript.join('')).toContain('Fix the division by zero.');
      expect(transcript.join('')).not.toMatch(/ghp_secret|ksk_test/);
    });

    sentence('is cancelled at once when it was cancelled before it began', {}, async (bench, agent) => {
      const run = await bench.run(agent, {}, AbortSignal.abort());
      expect(run.end).toBe('cancelled');
    });

    sentence('is given up when it falls silent', faults.stalls, async (bench, agent) => {
      const { end } = await bench.run(agent, { idleMs: 400, startMs: 3_000 });
      expect(end).toMatch(/^(idle|start)_timeout$/);
    });

    sentence('is given up when its whole time is over', faults.stalls, async (bench, agent) => {
      expect((await bench.run(agent, { totalMs: 1_500 })).end).toBe('total_timeout');
    });

    sentence('is cancelled within two seconds', faults.stalls, async (bench, agent) => {
      const abort = new AbortController();
      const running = bench.run(agent, {}, abort.signal);
      await systemClock().sleep(1_500);
      const asked = performance.now();
      abort.abort();
      expect((await running).end).toBe('cancelled');
      expect(performance.now() - asked).toBeLessThan(2_000);
    });

    sentence('says that it left when it crashes', faults.crashes, async (bench, agent) => {
      expect((await bench.run(agent)).end).toBe('exited');
    });

    sentence('takes its grandchildren with it', faults.leaks, async (bench, agent) => {
      expect((await bench.run(agent)).end).toBe('finished');
    });
  });
}

export async function writeScript(bench: Bench, script: unknown): Promise<string> {
  const file = join(bench.dir, 'script.json');
  await writeFile(file, JSON.stringify(script));
  return file;
}

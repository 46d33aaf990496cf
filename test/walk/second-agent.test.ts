import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { acpAgent } from '../../src/adapters/agents/acp/agent.ts';
import { ACP_PRESETS } from '../../src/adapters/agents/acp/presets.ts';
import { run } from '../../src/adapters/process/run.ts';
import { detectSandbox } from '../../src/adapters/sandbox/detect-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { applyFix } from '../../src/codegen/apply.ts';
import type { CodeAgent } from '../../src/ports/agent.ts';
import { HONEST, SHOP, SUSPECT } from '../support/buggy-shop.ts';
import { fakeGemini } from '../support/fake-model/gemini.ts';
import { type FakeModel } from '../support/fake-model/server.ts';
import { newRepository, planAt, portsAt, userGit } from '../support/fix-world.ts';
import { processesWith } from '../support/processes.ts';

/**
 * A second real agent of another make: Google's Gemini CLI, as its preset says, with a scripted model on loopback.
 * VIGILAI_WALK_GEMINI names the `gemini` program; `.ci/run` installs it.
 */
const PROGRAM = process.env['VIGILAI_WALK_GEMINI'] ?? '';
const SETTINGS = {
  security: { auth: { selectedType: 'gemini-api-key' } },
  privacy: { usageStatisticsEnabled: false },
  general: { disableAutoUpdate: true },
};
const TEST = 'test/total.test.js';

let dir: string;
let model: FakeModel;
let workspace = '';

beforeAll(async () => {
  dir = realpathSync(await mkdtemp(join(tmpdir(), 'vigilai-walk-')));
  mkdirSync(join(dir, 'home', '.gemini'), { recursive: true });
  writeFileSync(join(dir, 'home', '.gemini', 'settings.json'), JSON.stringify(SETTINGS));
  const write = (path: string) => ({ write: { path, content: HONEST[path] ?? '' } });
  const steps = [
    { read: SUSPECT },
    write(SUSPECT),
    { read: TEST },
    write(TEST),
    { say: 'An order without lines now costs nothing, and a test covers it.' },
  ];
  model = await fakeGemini({ steps, folder: () => workspace });
});

afterAll(async () => {
  await model.close();
  await rm(dir, { recursive: true, force: true });
});

async function gemini(): Promise<CodeAgent> {
  const home = join(dir, 'home');
  const env = {
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
    HOME: home,
    GEMINI_API_KEY: 'x',
    GOOGLE_GEMINI_BASE_URL: model.url,
  };
  const { platform, execPath } = process;
  const visible = [join(dirname(PROGRAM), '..')];
  const sandbox = await detectSandbox({ run, platform, env, execPath, visible, hidden: [], wanted: 'auto' });
  const { argv, homeFolders, env: names } = ACP_PRESETS.gemini;
  const [, ...args] = argv;
  const agent = acpAgent(
    {
      name: 'gemini',
      recorded: false,
      argv: [PROGRAM, ...args],
      env: names,
      readable: [],
      writable: homeFolders,
      network: true,
    },
    { clock: systemClock(), sandbox, env, home, temp: dir, version: '0' },
  );
  return {
    ...agent,
    run(task, signal) {
      workspace = realpathSync(task.workspace);
      return agent.run(task, signal);
    },
  };
}

it('has a second agent to walk with', () => {
  expect(PROGRAM, 'VIGILAI_WALK_GEMINI must name the gemini program of @google/gemini-cli').not.toBe('');
});

it('has the second agent write a fix, proves it, and leaves nothing else behind', async () => {
  const root = join(dir, 'repo');
  const plan = planAt(newRepository(root, SHOP), SUSPECT);
  const limits = { ...plan.limits, startMs: 100_000, idleMs: 100_000, turnMs: 200_000, totalMs: 200_000 };
  const steps: string[] = [];
  const ports = {
    ...(await portsAt(dir, await gemini())),
    clock: systemClock(),
    onProgress: (step: string) => void steps.push(step),
  };
  const fix = await applyFix({ ...plan, limits }, ports, new AbortController().signal);
  expect(fix.outcome, JSON.stringify(fix.outcome)).toMatchObject({ end: 'proven' });
  expect(fix.files.map(({ path }) => path)).toEqual([SUSPECT, TEST]);
  expect(model.requests.length).toBeGreaterThanOrEqual(5);
  expect(steps.join('\n')).toMatch(/gemini: .*total\.js.*touched/);
  expect(userGit(root, 'status', '--porcelain')).toBe('');
  expect(processesWith(dir)).toEqual([]);
});

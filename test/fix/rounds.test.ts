import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyFix, type FixPorts } from '../../src/codegen/apply.ts';
import type { Fix, FixPlan } from '../../src/domain/fix.ts';
import type { AgentRun, AgentTask, CodeAgent } from '../../src/ports/agent.ts';
import { HONEST, SHOP, SUSPECT } from '../support/buggy-shop.ts';
import {
  type Files,
  newRepository,
  newWorld,
  planAt,
  portsAt,
  userGit,
  writeFiles,
} from '../support/fix-world.ts';

let world: ReturnType<typeof newWorld>;
beforeEach(() => {
  world = newWorld();
});
afterEach(() => world.remove());

const NO_TEST: Files = { [SUSPECT]: HONEST[SUSPECT] ?? '' };
const WITH_CI: Files = { ...HONEST, '.github/workflows/ci.yml': 'on: push\n', 'AGENTS.md': 'Obey.\n' };

/** An agent that writes one of these sets of files a round, and remembers what it was asked. */
function inRounds(rounds: readonly Files[], run: Partial<AgentRun> = {}): CodeAgent & { asked: AgentTask[] } {
  const asked: AgentTask[] = [];
  return {
    asked,
    name: 'scripted',
    recorded: false,
    probe: async () => ({ ready: true, detail: '' }),
    async run(task) {
      asked.push(task);
      writeFiles(task.workspace, rounds[task.round - 1] ?? {});
      return {
        end: 'finished',
        detail: '',
        text: '',
        agent: 'scripted',
        transcript: [`{"round":${task.round}}`],
        ...run,
      };
    },
  };
}

async function fixed(agent: CodeAgent, more: Partial<FixPorts> = {}, rounds = 3): Promise<Fix> {
  const base = newRepository(join(world.folder, 'repo'), SHOP);
  const plan: FixPlan = planAt(base, SUSPECT);
  const ports = { ...(await portsAt(world.folder, agent)), ...more };
  return applyFix({ ...plan, limits: { ...plan.limits, rounds } }, ports, new AbortController().signal);
}

const kept = (fix: Fix, name: string) => join(world.folder, 'state', fix.artefacts, name);

describe('rounds of agent and proof', () => {
  it('tell the agent what the proof said, and prove what it makes of it', async () => {
    const agent = inRounds([NO_TEST, HONEST]);
    const fix = await fixed(agent);
    expect(fix.outcome).toMatchObject({ end: 'proven' });
    expect(agent.asked.map(({ feedback }) => feedback)).toEqual([null, expect.stringMatching(/no test/)]);
    expect(agent.asked[1]?.brief).toMatch(/^fix it[^]*# Round 2[^]*no test/);
    expect(readFileSync(kept(fix, 'transcript.jsonl'), 'utf8')).toContain('"round":1');
    expect(readFileSync(kept(fix, 'transcript-2.jsonl'), 'utf8')).toContain('"round":2');
  });

  it('take back what must not change before the next one begins', async () => {
    const seen: boolean[] = [];
    const agent = inRounds([WITH_CI, {}]);
    const fix = await fixed({
      ...agent,
      run(task, signal) {
        seen.push(existsSync(join(task.workspace, 'AGENTS.md')), existsSync(join(task.workspace, '.github')));
        return agent.run(task, signal);
      },
    });
    expect(seen).toEqual([false, false, false, false]);
    expect(fix.outcome).toMatchObject({ end: 'proven' });
    expect(fix.files.map(({ path }) => path)).toEqual([SUSPECT, 'test/total.test.js']);
  });

  it('end when the agent leaves its change as it was', async () => {
    const agent = inRounds([NO_TEST, NO_TEST, HONEST]);
    expect((await fixed(agent)).outcome).toMatchObject({ end: 'not_proven' });
    expect(agent.asked).toHaveLength(2);
  });

  it('keep the best of them', async () => {
    const fix = await fixed(inRounds([NO_TEST, WITH_CI]), {}, 2);
    expect(fix.outcome).toMatchObject({ end: 'not_proven' });
    expect(readFileSync(kept(fix, 'change.patch'), 'utf8')).not.toContain('on: push');
    expect(userGit(join(world.folder, 'repo'), 'branch', '--list', 'vigilai/*')).toBe('');
  });

  it('share one time for the agent', async () => {
    let now = 1_000;
    const agent = inRounds([NO_TEST, WITH_CI, HONEST]);
    const slow: CodeAgent = {
      ...agent,
      run(task, signal) {
        now += 6_000;
        return agent.run(task, signal);
      },
    };
    await fixed(slow, { clock: { now: () => now, sleep: async () => undefined } });
    expect(agent.asked.map(({ limits }) => limits.totalMs)).toEqual([10_000, 4_000]);
  });

  it('are not begun for an agent that broke off', async () => {
    const agent = inRounds([NO_TEST, HONEST], { end: 'idle_timeout' });
    expect((await fixed(agent)).outcome).toMatchObject({ end: 'not_proven' });
    expect(agent.asked).toHaveLength(1);
  });

  it('end with the budget, which counts what agents tell of their cost', async () => {
    let dollars = 0;
    const exhausted = async () => (dollars > 1 ? 'spent' : null);
    const budget = { exhausted, spend: async (more: number) => void (dollars += more) };
    const agent = inRounds([NO_TEST, HONEST], { dollars: 2 });
    expect((await fixed(agent, { budget })).outcome).toMatchObject({ end: 'not_proven' });
    expect(agent.asked).toHaveLength(1);
    const ports = await portsAt(world.folder, agent);
    const again = await applyFix(
      planAt('0'.repeat(40), SUSPECT),
      { ...ports, budget },
      new AbortController().signal,
    );
    expect(again.outcome).toEqual({ end: 'budget' });
  });
});

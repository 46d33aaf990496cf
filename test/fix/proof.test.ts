import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyFix } from '../../src/codegen/apply.ts';
import type { Fix } from '../../src/domain/fix.ts';
import type { CodeAgent } from '../../src/ports/agent.ts';
import {
  agentThat,
  type Files,
  failedChecks,
  namesIn,
  newRepository,
  newWorld,
  planAt,
  portsAt,
  userGit,
  writeFiles,
  writing,
} from '../support/fix-world.ts';

const BUGGY = `export function total(order) {
  return order.lines.reduce((sum, line) => sum + line.price, 0);
}
`;
const FIXED = BUGGY.replace('order.lines.', '(order.lines ?? []).');
const OLD_TEST = `import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { total } from '../src/total.js';

describe('total', () => {
  it('adds prices', () => {
    assert.equal(total({ lines: [{ price: 2 }, { price: 3 }] }), 5);
  });
});
`;
const NEW_CASE = `  it('is 0 without lines', () => {
    assert.equal(total({}), 0);
  });
});
`;
const NEW_TEST = OLD_TEST.replace(/\}\);\n$/, NEW_CASE);
const NODE_PROJECT: Files = {
  'package.json': JSON.stringify({
    name: 'shop',
    type: 'module',
    scripts: { test: 'node --test test/*.test.js' },
  }),
  'package-lock.json': '{"lockfileVersion":3}',
  'src/total.js': BUGGY,
  'test/total.test.js': OLD_TEST,
};
const HONEST: Files = { 'src/total.js': FIXED, 'test/total.test.js': NEW_TEST };

let world: ReturnType<typeof newWorld>;
beforeEach(() => {
  world = newWorld();
});
afterEach(() => world.remove());

const repo = () => join(world.folder, 'repo');
const branches = () => userGit(repo(), 'branch', '--list', 'vigilai/*');
const kept = (fix: Fix, name: string) =>
  readFileSync(join(world.folder, 'state', fix.artefacts, name), 'utf8');

async function fixed(
  agent: CodeAgent,
  project: Files = NODE_PROJECT,
  suspect = 'src/total.js',
): Promise<Fix> {
  const base = newRepository(repo(), project);
  return applyFix(planAt(base, suspect), await portsAt(world.folder, agent), new AbortController().signal);
}

describe('a proof with node:test', () => {
  it('holds for an honest fix with a new test, and makes the branch', async () => {
    const fix = await fixed(writing(HONEST));
    expect(failedChecks(fix)).toEqual([]);
    expect(fix.outcome.end).toBe('proven');
    expect(fix.proof?.newTests).toEqual([{ file: 'test/total.test.js', name: 'total > is 0 without lines' }]);
    expect(fix.proof?.rerun).toEqual(['node', '--test', 'test/total.test.js']);
    expect(userGit(repo(), 'show', `${fix.branch}:src/total.js`)).toBe(FIXED.trim());
    expect(userGit(repo(), 'log', '-1', '--format=%B', fix.branch)).toContain('VigilAI-Anomaly: 0190aaaa');
    expect(userGit(repo(), 'status', '--porcelain')).toBe('');
    expect(kept(fix, 'change.patch')).toContain('order.lines ?? []');
    expect(kept(fix, 'proof.log')).toContain('is 0 without lines');
    expect(kept(fix, 'transcript.jsonl')).toContain('"said":"done"');
    expect(kept(fix, 'report.md')).toContain('proven');
    expect(namesIn(join(world.folder, 'state', 'workspaces'))).toEqual([]);
  });

  const unproven: readonly (readonly [string, Files, string, RegExp])[] = [
    [
      'only tests, which still fail',
      { 'test/total.test.js': NEW_TEST },
      'passes_after',
      /is 0 without lines/,
    ],
    [
      'a test that passes without the fix too',
      { 'src/total.js': FIXED, 'test/more.test.js': OLD_TEST.replace('adds prices', 'adds again') },
      'fails_before',
      /pass without the fix/,
    ],
    [
      'a test that fails only because it imports what the fix adds',
      {
        'src/total.js': `${FIXED}export const none = 0;\n`,
        'test/none.test.js': NEW_TEST.replace('{ total }', '{ total, none }'),
      },
      'fails_before',
      /may use only what exists there/,
    ],
    [
      'another test broken by the fix',
      { ...HONEST, 'src/total.js': 'export function total(order) {\n  return 0;\n}\n' },
      'suite',
      /adds prices/,
    ],
    [
      'code that no test runs',
      { ...HONEST, 'src/total.js': `${FIXED}export function none() {\n  const sum = 0;\n  return sum;\n}\n` },
      'coverage',
      /at least 80% are asked for; not run: src\/total.js:/,
    ],
  ];
  it.each(unproven)('fails for %s', async (_, files, check, detail) => {
    const fix = await fixed(writing(files));
    expect(fix.outcome.end).toBe('not_proven');
    expect(failedChecks(fix)[0]?.name).toBe(check);
    expect(failedChecks(fix)[0]?.detail).toMatch(detail);
    expect(branches()).toBe('');
    expect(kept(fix, 'change.patch')).toContain('diff --git');
    expect(kept(fix, 'report.md')).toContain('not proven');
  });

  it('does not blame the fix for a test that failed before', async () => {
    const failing = `import assert from 'node:assert/strict';\nimport { it } from 'node:test';\nit('fails', () => assert.ok(false));\n`;
    const fix = await fixed(writing(HONEST), { ...NODE_PROJECT, 'test/known.test.js': failing });
    expect(fix.outcome.end).toBe('proven');
    expect(fix.proof?.checks[2]?.detail).toContain('already failing, not blamed: "fails"');
  });

  it('is not even tried when the guard refuses', async () => {
    const fix = await fixed(writing({ ...HONEST, 'package-lock.json': '{"lockfileVersion":2}' }));
    expect(fix.outcome).toEqual({ end: 'refused', reason: 'package-lock.json: a lockfile must not change' });
    expect([fix.proof, branches()]).toEqual([null, '']);
    expect(kept(fix, 'change.patch')).toContain('lockfileVersion');
  });

  it('is not tried for a link that leads outside, and nothing outside is touched', async () => {
    const agent = agentThat((workspace) => {
      writeFiles(workspace, HONEST);
      symlinkSync(repo(), join(workspace, 'out'));
    });
    const fix = await fixed(agent);
    expect(fix.outcome).toMatchObject({ end: 'refused', reason: expect.stringContaining('symbolic link') });
    expect(readFileSync(join(repo(), 'src/total.js'), 'utf8')).toBe(BUGGY);
  });

  it('tells each other end apart', async () => {
    expect((await fixed(agentThat(() => undefined))).outcome.end).toBe('no_change');
    rmSync(repo(), { recursive: true });
    expect((await fixed(agentThat(() => undefined, 'idle_timeout'))).outcome.end).toBe('agent_failed');
    rmSync(repo(), { recursive: true });
    expect((await fixed(agentThat((at) => writeFiles(at, HONEST), 'cancelled'))).outcome.end).toBe(
      'cancelled',
    );
    rmSync(repo(), { recursive: true });
    expect((await fixed(agentThat((at) => writeFiles(at, HONEST), 'total_timeout'))).outcome.end).toBe(
      'proven',
    );
  });

  it('stops when it is cancelled, with the workspace gone', async () => {
    const stop = new AbortController();
    const base = newRepository(repo(), NODE_PROJECT);
    const ports = await portsAt(world.folder, writing(HONEST));
    const onProgress = (step: string) => {
      if (step.startsWith('proof: does the new test')) stop.abort();
    };
    const fix = await applyFix(planAt(base, 'src/total.js'), { ...ports, onProgress }, stop.signal);
    expect(fix.outcome.end).toBe('cancelled');
    expect([branches(), namesIn(join(world.folder, 'state', 'workspaces'))]).toEqual(['', []]);
    expect(existsSync(join(world.folder, 'state', fix.artefacts, 'transcript.jsonl'))).toBe(true);
  });
});

import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyFix } from '../../src/codegen/apply.ts';
import type { Check, Fix, FixPlan } from '../../src/domain/fix.ts';
import {
  type Files,
  newRepository,
  newWorld,
  planAt,
  portsAt,
  userGit,
  writing,
} from '../support/fix-world.ts';

const BUGGY =
  'export function total(order) {\n  return order.lines.reduce((sum, line) => sum + line.price, 0);\n}\n';
const GUARDED = BUGGY.replace('  return', '  if (order.lines === undefined) return 0;\n  return');
const REPAIRED = BUGGY.replace('order.lines.', '(order.lines ?? []).');
const OLD_TEST = `import assert from 'node:assert/strict';
import { it } from 'node:test';
import { total } from '../src/total.js';

it('adds prices', () => assert.equal(total({ lines: [{ price: 2 }, { price: 3 }] }), 5));
`;
const NEW_TEST = `${OLD_TEST}it('is 0 without lines', () => assert.equal(total({}), 0));\n`;

let world: ReturnType<typeof newWorld>;
beforeEach(() => {
  world = newWorld();
});
afterEach(() => world.remove());

function shop(dependencies: Readonly<Record<string, string>>): Files {
  const scripts = { test: 'node --test test/*.test.js' };
  return {
    'package.json': JSON.stringify({ name: 'shop', type: 'module', scripts, dependencies }),
    '.gitignore': 'node_modules\n',
    'src/total.js': BUGGY,
    'test/total.test.js': OLD_TEST,
  };
}

async function fixed(files: Files, source: string, more: Partial<FixPlan> = {}): Promise<Fix> {
  const base = newRepository(repo(), files);
  const frame = { file: 'src/total.js', line: 2, column: null, symbol: 'total', inApp: true };
  const trace = {
    language: 'javascript',
    errorType: 'TypeError',
    message: '',
    frames: [frame],
    cause: null,
  } as const;
  const agent = writing({ 'src/total.js': source, 'test/total.test.js': NEW_TEST });
  const plan = { ...planAt(base, 'src/total.js'), fault: { message: null, trace, suspects: [] }, ...more };
  return applyFix(plan, await portsAt(world.folder, agent), new AbortController().signal);
}

const repo = () => join(world.folder, 'repo');

function rowOf(fix: Fix, row: Check['name'] = 'monitoring') {
  return fix.proof?.checks.find(({ name }) => name === row);
}

function committed(fix: Fix, path: string): string {
  return userGit(repo(), 'show', `${fix.branch}:${path}`);
}

describe('a proven fix', () => {
  it('logs at its guard, and the proof has seen it with the fault put back', async () => {
    const fix = await fixed(shop({}), GUARDED);
    expect(fix.outcome.end).toBe('proven');
    for (const name of ['coverage', 'mutation', 'monitoring'] as const)
      expect(rowOf(fix, name)).toMatchObject({ result: 'ok' });
    expect(committed(fix, 'src/total.js')).toContain("event: 'vigilai_total_type_error'");
    expect(fix.monitoring).toMatchObject({ library: 'console.error', file: 'src/total.js', line: 3 });
  });

  it('counts an error that leaves in prom-client, seen by a probe that is no part of the fix', async () => {
    mkdirSync(join(repo(), 'node_modules'), { recursive: true });
    for (const name of ['prom-client', '@opentelemetry', 'tdigest', 'bintrees'])
      symlinkSync(realpathSync(join('node_modules', name)), join(repo(), 'node_modules', name));
    const fix = await fixed(shop({ 'prom-client': '15.1.3' }), REPAIRED);
    expect(fix.outcome.end).toBe('proven');
    expect(rowOf(fix)).toMatchObject({ result: 'ok' });
    expect(fix.monitoring?.alert.prometheus).toContain('vigilai_total_type_error_total');
    expect(fix.files.map(({ path }) => path)).toEqual(['src/total.js', 'test/total.test.js']);
  });

  it('goes without where it is switched off', async () => {
    const fix = await fixed(shop({}), GUARDED, { monitoring: 'off' });
    expect(fix.outcome.end).toBe('proven');
    expect(rowOf(fix)).toMatchObject({
      result: 'not_applicable',
      detail: 'none was added: switched off by fix.monitoring',
    });
    expect(committed(fix, 'src/total.js')).toBe(GUARDED.trim());
  });
});

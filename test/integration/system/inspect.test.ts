import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { secretsFrom } from '../../../src/adapters/secrets/secrets.ts';
import { type Inspected, inspect } from '../../../src/adapters/system/inspect.ts';
import type { Finding } from '../../../src/ports/house.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vigilai-inspect-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const SECRET = 'sk-this-is-never-printed';

function facts(changes: Partial<Inspected> = {}): Inspected {
  const env = { PATH: process.env['PATH'], KEY_SET: SECRET };
  return {
    env,
    sandbox: 'bubblewrap',
    sandboxWanted: 'auto',
    state: join(root, 'state'),
    socket: join(root, 'd.sock'),
    agent: { name: 'kiro', probe: () => Promise.resolve({ ready: true, detail: '1.2.3, ApiKey' }) },
    keys: [
      { name: 'KEY_SET', use: 'the model of one' },
      { name: 'KEY_UNSET', use: 'the model of two' },
    ],
    secrets: secretsFrom(env, join(root, 'secrets')),
    ...changes,
  };
}

const byName = async (changes: Partial<Inspected> = {}): Promise<ReadonlyMap<string, Finding>> =>
  new Map((await inspect(facts(changes))).map((finding) => [finding.name, finding]));

it('finds all well on a machine that has everything', async () => {
  const found = await byName();
  const states = [...found].map(([name, { state }]) => `${name} ${state}`);
  expect(states.filter((text) => !text.endsWith(' ok'))).toEqual(['KEY_UNSET warning']);
  expect(found.get('git')?.detail).toMatch(/^git version \d/);
  expect(found.get('agent kiro')?.detail).toBe('1.2.3, ApiKey');
  expect(found.get('disk')?.detail).toMatch(/^\d+ MB free$/);
});

it('never prints a key', async () => {
  expect(JSON.stringify([...(await byName())])).not.toContain(SECRET);
});

it('says what is missing, and what to do', async () => {
  const empty = join(root, 'empty');
  mkdirSync(empty);
  const found = await byName({
    env: { PATH: empty },
    sandbox: 'none',
    agent: { name: 'kiro', probe: () => Promise.resolve({ ready: false, detail: 'not signed in' }) },
  });
  expect(found.get('git')).toMatchObject({ state: 'missing', detail: 'not installed' });
  expect(found.get('sandbox')).toMatchObject({
    state: 'warning',
    next: expect.stringContaining('bubblewrap'),
  });
  expect(found.get('agent kiro')).toMatchObject({ state: 'warning', detail: 'not signed in' });
  for (const { state, next } of found.values()) expect(next === null).toBe(state === 'ok');
});

it('says when the state folder cannot be made', async () => {
  writeFileSync(join(root, 'file'), '');
  const found = await byName({ state: join(root, 'file', 'state') });
  expect(found.get('state')).toMatchObject({ state: 'missing' });
});

it('says when a file of secrets can be read by others', async () => {
  writeFileSync(join(root, 'secrets'), `KEY_UNSET=${SECRET}\n`);
  chmodSync(join(root, 'secrets'), 0o644);
  const found = await byName();
  expect(found.get('KEY_UNSET')).toMatchObject({
    state: 'warning',
    next: expect.stringContaining('chmod 600'),
  });
});

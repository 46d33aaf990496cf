import { mkdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPackages, linkPackages } from '../../src/adapters/toolchains/javascript/packages.ts';
import { packagesAround } from '../../src/adapters/toolchains/package.ts';
import type { Ended } from '../../src/ports/process.ts';
import { allOf } from '../support/agent-task.ts';
import { newWorld, sandboxFor, toolchainsAt, writeFiles } from '../support/fix-world.ts';

const NEVER = new AbortController().signal;
let world: ReturnType<typeof newWorld>;
let root: string;
let tree: string;
beforeEach(() => {
  world = newWorld();
  root = join(world.folder, 'repo');
  tree = join(world.folder, 'tree');
});
afterEach(() => world.remove());

const manifest = (more: object = {}) => JSON.stringify({ name: 'shop', dependencies: { lib: '1' }, ...more });

async function link(dir = ''): Promise<void> {
  const project = (await packagesAround(tree, dir === '' ? null : `${dir}/a.js`))[0];
  if (project === undefined) throw new Error('no project');
  const npm = async (): Promise<Ended> => ({
    exit: 'code',
    code: 1,
    stdout: '',
    stderr: 'npm error code ENOTCACHED',
    durationMs: 1,
  });
  await linkPackages(tree, root, await findPackages(project, { root, env: {}, run: npm, downloads: false }));
}

describe('installed packages', () => {
  it("are those of the checkout while its lockfile is the base's", async () => {
    const files = { 'package.json': manifest(), 'package-lock.json': 'same' };
    writeFiles(root, { ...files, 'node_modules/lib/index.js': 'lib', 'node_modules/@a/b/index.js': 'b' });
    writeFiles(tree, files);
    await link();
    expect(readFileSync(join(tree, 'node_modules/lib/index.js'), 'utf8')).toBe('lib');
    expect(readFileSync(join(tree, 'node_modules/@a/b/index.js'), 'utf8')).toBe('b');
  });

  it('are not taken from a checkout with another lockfile: it is said what is missing', async () => {
    writeFiles(root, {
      'package.json': manifest(),
      'package-lock.json': 'new',
      'node_modules/lib/index.js': 'lib',
    });
    writeFiles(tree, { 'package.json': manifest(), 'package-lock.json': 'old' });
    await expect(link()).rejects.toMatchObject({
      code: 'tool_missing',
      message: expect.stringContaining('ENOTCACHED'),
    });
  });

  it("of an npm workspace are the workspace's own, never the checkout's", async () => {
    const files = {
      'package.json': manifest(),
      'packages/lib/index.js': 'committed',
      'packages/app/package.json': '{}',
    };
    writeFiles(root, { ...files, 'packages/lib/index.js': 'edited' });
    writeFiles(tree, files);
    mkdirSync(join(root, 'node_modules'));
    symlinkSync('../packages/lib', join(root, 'node_modules/lib'));
    await link('packages/app');
    expect(realpathSync(join(tree, 'node_modules/lib'))).toBe(join(tree, 'packages/lib'));
  });

  it('need not be there when none are declared', async () => {
    writeFiles(root, { 'package.json': '{}' });
    writeFiles(tree, { 'package.json': '{}' });
    await expect(link()).resolves.toBeUndefined();
  });
});

describe('a test run', () => {
  it('names nested tests in full, keeps messages, and ends at once when cancelled', async () => {
    const test = `const { describe, it } = require('node:test');
describe('outer', () => { describe('inner', () => { it('fails', () => { throw new RangeError('deep'); }); it.skip('later'); }); it('passes', () => {}); });
`;
    writeFiles(tree, {
      'package.json': '{}',
      'test/a.test.js': test,
      'test/hang.test.js':
        "require('node:test').test('hangs', () => new Promise((done) => setTimeout(done, 60000)));\n",
    });
    const toolchain = await toolchainsAt(root, await sandboxFor(root)).detect(tree, null);
    const run = await toolchain?.run(allOf(['test/a.test.js']), NEVER);
    expect(run?.results.map(({ name, outcome }) => `${outcome} ${name}`)).toEqual([
      'failed outer > inner > fails',
      'skipped outer > inner > later',
      'passed outer > passes',
    ]);
    expect(run?.results[0]?.message).toContain('RangeError: deep');
    const stop = new AbortController();
    const hanging = toolchain?.run(allOf(['test/hang.test.js']), stop.signal);
    stop.abort();
    expect(await hanging).toMatchObject({ ok: false });
  });

  it('is found by the package of the suspect, by its script, and by a command of configuration', async () => {
    writeFiles(tree, {
      'package.json': JSON.stringify({ devDependencies: {}, scripts: { test: 'node --test' } }),
      'packages/a/package.json': JSON.stringify({ scripts: { test: 'vitest run' } }),
      'packages/a/src/x.js': '',
    });
    const sandbox = await sandboxFor(root);
    const detect = async (suspect: string | null, command: readonly string[] | null = null) =>
      (await toolchainsAt(root, sandbox, command).detect(tree, suspect))?.name;
    expect(await detect('packages/a/src/x.js')).toBe('vitest');
    expect(await detect('src/x.js')).toBe('node:test');
    expect(await detect(null, ['npx', 'jest', '--config', 'x.js'])).toBe('jest');
  });
});

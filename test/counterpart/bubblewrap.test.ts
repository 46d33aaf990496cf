import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../src/adapters/process/run.ts';
import { bubblewrap } from '../../src/adapters/sandbox/bubblewrap.ts';
import type { Ended, Sandbox } from '../../src/ports/process.ts';
import { allOf } from '../support/agent-task.ts';
import { newWorld, sandboxFor, toolchainsAt, writeFiles } from '../support/fix-world.ts';
import { realProgram } from '../support/real-program.ts';

const NEVER = new AbortController().signal;
let world: ReturnType<typeof newWorld>;
beforeEach(() => {
  world = newWorld();
  writeFiles(world.folder, {
    'home/.ssh/id': 'private',
    'home/.agent/key': 'agent key',
    'home/work/tree/a': 'a',
  });
});
afterEach(() => world.remove());

/** HOME is a folder of the test, so that what is hidden is known. */
function box(visible: readonly string[] = []): Sandbox {
  const home = join(world.folder, 'home');
  return bubblewrap({
    env: { HOME: home, PATH: process.env['PATH'] },
    execPath: process.execPath,
    visible,
    hidden: [],
  });
}

function inside(
  script: string,
  options: { network?: boolean; readableHome?: readonly string[] } = {},
): Promise<Ended> {
  const tree = join(world.folder, 'home/work/tree');
  const confinement = {
    writable: [tree],
    readableHome: options.readableHome ?? [],
    network: options.network ?? false,
  };
  const command = { argv: ['/bin/sh', '-c', script] as const, cwd: tree, env: { PATH: '/usr/bin:/bin' } };
  return run(box().confine(command, confinement), { timeoutMs: 10_000, maxOutputBytes: 10_000 }, NEVER);
}

describe.skipIf(realProgram('bwrap').skipped)('bubblewrap', () => {
  it('is found where it works, and not where it is not wanted', async () => {
    expect((await sandboxFor(world.folder)).name).toBe('bubblewrap');
    expect((await sandboxFor(world.folder, 'none')).name).toBe('none');
  });

  it('lets a command write its own folder and a temp of its own only', async () => {
    const ended = await inside(
      `echo new > b && echo t > /tmp/t; echo x > ${world.folder}/x; echo x > /etc/x; echo $?`,
    );
    expect(ended.stdout.trim()).not.toBe('0');
    expect(readFileSync(join(world.folder, 'home/work/tree/b'), 'utf8')).toBe('new\n');
    expect([existsSync('/tmp/t'), existsSync(join(world.folder, 'x')), existsSync('/etc/x')]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('hides HOME but for what is shown', async () => {
    const home = join(world.folder, 'home');
    const hidden = await inside(`cat ${home}/.ssh/id ${home}/.agent/key`);
    expect(hidden.stdout).toBe('');
    const shown = await inside(`cat ${home}/.agent/key ${home}/.ssh/id; echo x > ${home}/.agent/key`, {
      readableHome: [join(home, '.agent')],
    });
    expect(shown.stdout).toBe('agent key');
    expect(readFileSync(join(home, '.agent/key'), 'utf8')).toBe('agent key');
  });

  it('has no network unless asked, and always a loopback of its own', async () => {
    const server = createServer((_, reply) => reply.end('hello')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const fetchIt = `${process.execPath} -e "fetch('http://127.0.0.1:${port}').then(r=>r.text()).then(console.log,()=>console.log('none'))"`;
    const own = `${process.execPath} -e "require('http').createServer((_, r)=>r.end('own')).listen(0,'127.0.0.1',function(){fetch('http://127.0.0.1:'+this.address().port).then(r=>r.text()).then(t=>{console.log(t);process.exit()})})"`;
    expect((await inside(fetchIt)).stdout.trim()).toBe('none');
    expect((await inside(fetchIt, { network: true })).stdout.trim()).toBe('hello');
    expect((await inside(own)).stdout.trim()).toBe('own');
    server.close();
  });

  it('takes what the command left running down with it', async () => {
    const ended = await inside('(while :; do date +%s%N > beat; done) & echo started');
    expect(ended.stdout.trim()).toBe('started');
    const beat = join(world.folder, 'home/work/tree/beat');
    const last = existsSync(beat) ? readFileSync(beat, 'utf8') : '';
    await run(
      { argv: ['/bin/sleep', '0.2'], cwd: '/', env: {} },
      { timeoutMs: 5_000, maxOutputBytes: 10 },
      NEVER,
    );
    expect(existsSync(beat) ? readFileSync(beat, 'utf8') : '').toBe(last);
  });

  it('shows a test run no token of ours and no HOME of the user, and keeps it from writing the checkout', async () => {
    const [root, tree] = [join(world.folder, 'repo'), join(world.folder, 'tree')];
    writeFiles(root, { 'precious.txt': 'mine' });
    const test = `const { test } = require('node:test');
const assert = require('node:assert');
test('names', () => assert.deepEqual(Object.keys(process.env).filter((name) => /TOKEN|KEY|SECRET|VITEST/.test(name)), []));
test('home', () => assert.match(process.env.HOME, /vigilai-tests-/));
test('checkout', () => assert.throws(() => require('node:fs').writeFileSync(${JSON.stringify(join(root, 'precious.txt'))}, 'x')));
`;
    writeFiles(tree, {
      'package.json': JSON.stringify({ scripts: { test: 'node --test' } }),
      'test/a.test.js': test,
    });
    const toolchain = await toolchainsAt(root, await sandboxFor(root)).detect(tree, null);
    const ran = await toolchain?.run(allOf([]), NEVER);
    expect(ran?.results.map((result) => [result.name, result.outcome, result.message])).toEqual([
      ['names', 'passed', ''],
      ['home', 'passed', ''],
      ['checkout', 'passed', ''],
    ]);
    expect(readFileSync(join(root, 'precious.txt'), 'utf8')).toBe('mine');
  });
});

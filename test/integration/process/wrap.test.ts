import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { wrapCommand } from '../../../src/adapters/process/wrap.ts';

function wrap(script: string, env: Record<string, string> = {}, colour = false) {
  const seen = { stdout: '', stderr: '' };
  const wrapped = wrapCommand(
    [process.execPath, '-e', script],
    (text, to) => {
      seen[to] += text;
    },
    { cwd: import.meta.dirname, env, colour },
  );
  return { wrapped, seen };
}

it('hands on both outputs as text and ends with the code of the command', async () => {
  const script = `process.stdout.write(Buffer.from([0xc3])); setTimeout(() => {
    process.stdout.write(Buffer.from([0xa4])); console.error('err'); process.exitCode = 7 }, 50)`;
  const { wrapped, seen } = wrap(script);
  expect(await wrapped.exit).toBe(7);
  expect(seen).toEqual({ stdout: 'ä', stderr: 'err\n' });
});

it('brings all of a long last output', async () => {
  const { wrapped, seen } = wrap('process.stdout.write("x".repeat(3_000_000)); process.exitCode = 1');
  expect(await wrapped.exit).toBe(1);
  expect(seen.stdout).toHaveLength(3_000_000);
});

it('hands a signal to the command and to what it started, and ends with 128 + its number', async () => {
  const child = `setInterval(() => {}, 1000); process.on('SIGTERM', () => { console.log('child left'); process.exit() })
    console.log('up')`;
  const { wrapped, seen } = wrap(`
    require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' });
    setInterval(() => {}, 1000)`);
  await expect.poll(() => seen.stdout, { timeout: 20_000 }).toContain('up');
  wrapped.signal('SIGTERM');
  expect(await wrapped.exit).toBe(128 + 15);
  expect(seen.stdout).toContain('child left');
});

it('ends with the command although something in the background holds its output', async () => {
  const { wrapped, seen } = wrap(`
    const left = require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)'], { stdio: 'inherit' });
    console.log(left.pid); process.exit(0)`);
  expect(await wrapped.exit).toBe(0);
  process.kill(Number(seen.stdout), 'SIGKILL');
});

it('says when there is no such command', async () => {
  const wrapped = wrapCommand(['no-such-command-here'], () => {}, { cwd: '/', env: {}, colour: false });
  await expect(wrapped.exit).rejects.toMatchObject({
    code: 'tool_missing',
    message: expect.stringContaining('no-such-command-here'),
  });
});

it('asks for colours only on a terminal, and not against NO_COLOR', async () => {
  const script = 'process.stdout.write(String(process.env.FORCE_COLOR))';
  const colours = async (env: Record<string, string>, terminal: boolean) => {
    const { wrapped, seen } = wrap(script, env, terminal);
    await wrapped.exit;
    return seen.stdout;
  };
  expect(await colours({}, true)).toBe('1');
  expect(await colours({}, false)).toBe('undefined');
  expect(await colours({ NO_COLOR: '1' }, true)).toBe('undefined');
});

it('lets the command read our own stdin', async () => {
  const program = `
    import { wrapCommand } from ${JSON.stringify(join(import.meta.dirname, '../../../src/adapters/process/wrap.ts'))};
    const wrapped = wrapCommand([process.execPath, '-e', 'process.stdin.pipe(process.stdout)'],
      (text) => process.stdout.write(text.toUpperCase()), { cwd: '/', env: {}, colour: false });
    await wrapped.exit;`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let heard = '';
  child.stdout.on('data', (chunk: Buffer) => {
    heard += String(chunk);
  });
  child.stdin.end('a question');
  await new Promise((resolve) => child.once('close', resolve));
  expect(heard).toBe('A QUESTION');
});

import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { run } from '../../../src/adapters/process/run.ts';

const LIMITS = { timeoutMs: 10_000, maxOutputBytes: 1_000_000 };
const never = new AbortController().signal;
const node = (script: string, env: Record<string, string> = {}) => ({
  argv: [process.execPath, '-e', script] as const,
  cwd: tmpdir(),
  env,
});

/** A killed orphan whose new parent does not reap it stays as a zombie: not alive. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

describe('run', () => {
  it('answers code and both outputs', async () => {
    const ended = await run(
      node('console.log("out"); console.error("err"); process.exitCode = 3'),
      LIMITS,
      never,
    );
    expect(ended).toMatchObject({ exit: 'code', code: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it('hands on nothing of its own environment', async () => {
    const ended = await run(node('console.log(JSON.stringify(process.env))', { ONLY: '1' }), LIMITS, never);
    expect(JSON.parse(ended.stdout)).toEqual({ ONLY: '1' });
  });

  it('feeds input', async () => {
    const ended = await run(node('process.stdin.pipe(process.stdout)'), LIMITS, never, 'grüße');
    expect(ended.stdout).toBe('grüße');
  });

  it('survives a child that does not read its input', async () => {
    const ended = await run(node('process.exit(0)'), LIMITS, never, 'x'.repeat(4_000_000));
    expect(ended).toMatchObject({ exit: 'code', code: 0 });
  });

  it('says when a program or a folder is not there', async () => {
    const missing = { argv: ['no-such-program-here'] as const, cwd: tmpdir(), env: { PATH: '/usr/bin' } };
    expect(await run(missing, LIMITS, never)).toMatchObject({ exit: 'not_found', code: null });
    const nowhere = { ...node('0'), cwd: '/no/such/folder' };
    const ended = await run(nowhere, LIMITS, never);
    expect(ended.exit).toBe('not_found');
    expect(ended.stderr).toContain('ENOENT');
  });

  it('keeps the tail of long output, never half a character', async () => {
    const script = 'process.stdout.write("ü".repeat(500000) + "the end")';
    const ended = await run(node(script), { ...LIMITS, maxOutputBytes: 100 }, never);
    expect(ended.stdout.endsWith('the end')).toBe(true);
    expect(Buffer.byteLength(ended.stdout)).toBeLessThanOrEqual(100);
    expect(ended.stdout).not.toContain('\uFFFD');
  });

  it('kills at the deadline, even what ignores SIGTERM', async () => {
    const script = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("up")';
    const ended = await run(node(script), { ...LIMITS, timeoutMs: 300 }, never);
    expect(ended.exit).toBe('timeout');
    expect(ended.durationMs).toBeLessThan(6_000);
  });

  it('ends when the signal aborts, before the start too', async () => {
    const abort = new AbortController();
    const running = run(node('setInterval(() => {}, 1000)'), LIMITS, abort.signal);
    abort.abort();
    expect((await running).exit).toBe('cancelled');
    expect((await run(node('0'), LIMITS, abort.signal)).exit).toBe('cancelled');
  });

  it('says when it was killed by a signal', async () => {
    const ended = await run(node('process.kill(process.pid, "SIGKILL")'), LIMITS, never);
    expect(ended).toMatchObject({ exit: 'signal', code: null });
  });

  it('does not wait for a grandchild that holds the pipes, and leaves none behind', async () => {
    const script = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      console.log(child.pid);
      process.exit(0);`;
    const ended = await run(node(script), LIMITS, never);
    expect(ended).toMatchObject({ exit: 'code', code: 0 });
    await expect.poll(() => isAlive(Number(ended.stdout))).toBe(false);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { folderWith, vigilai } from '../support/cli.ts';
import { gitIn } from '../support/git-in.ts';

const PRELOAD = pathToFileURL(join(import.meta.dirname, '../support/no-sockets.ts')).href;
const CRASH = `TypeError: x is undefined
    at f (/app/src/a.js:1:30)
    at main (/app/src/main.js:9:3)
`;

/** A workspace with a key for a provider and one for pull requests. */
function workspace(offline: boolean) {
  const free = { inputPerMillion: 0, outputPerMillion: 0 };
  const provider = (name: string, baseUrl: string) => ({
    name,
    baseUrl,
    model: 'm',
    keyEnv: 'MY_KEY',
    price: free,
  });
  const providers = [provider('far', 'https://models.invalid/v1'), provider('near', 'http://127.0.0.1:9/v1')];
  const config = { offline, github: { tokenEnv: 'MY_TOKEN' }, diagnosis: { providers } };
  const cwd = folderWith({
    'vigilai.config.json': JSON.stringify(config),
    'src/a.js': 'export const f = (x) => x.y;\n',
    'attempts.txt': '',
  });
  gitIn(cwd, 'init', '-q');
  gitIn(cwd, 'add', '.');
  const log = join(cwd, 'attempts.txt');
  const env = {
    MY_KEY: 'k',
    MY_TOKEN: 't',
    SOCKET_LOG: log,
    NODE_OPTIONS: `--import ${PRELOAD}`,
    NODE_NO_WARNINGS: '1',
  };
  const run = (args: readonly string[], input = '') => vigilai(args, { cwd, env, input });
  return { run, attempts: () => readFileSync(log, 'utf8').split('\n').filter(Boolean) };
}

describe('with `offline: true`, whatever keys there are', () => {
  it('no way out is tried by a diagnosis of a pasted trace, or by the privacy report', async () => {
    const { run, attempts } = workspace(true);
    expect(await run(['diagnose', '--input', '-'], CRASH)).toMatchObject({ code: 0 });
    const { code, out } = await run(['config', 'privacy', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ offline: true, forge: { state: 'closed' } });
    expect(attempts()).toEqual([]);
  });

  it('no way out is tried by the daemon that reads, detects and diagnoses', async () => {
    const { run, attempts } = workspace(true);
    try {
      const listed = () => run(['anomalies', 'list']);
      await expect.poll(listed, { timeout: 30_000 }).toMatchObject({ code: 0 });
      await run(['watch'], CRASH);
      await expect
        .poll(listed, { timeout: 30_000 })
        .toMatchObject({ out: expect.stringContaining('x is undefined') });
      const { code, out } = await run(['diagnose', 'last', '--json']);
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({
        ai_model: 'offline',
        suspects: [{ file: 'src/a.js', line: 1 }],
      });
      expect(attempts()).toEqual([]);
    } finally {
      await run(['daemon', 'stop']);
    }
  });
});

it('a way out is tried without it, so the trap is sharp', async () => {
  const { run, attempts } = workspace(false);
  const { code, out } = await run(['diagnose', '--input', '-', '--json'], CRASH);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ ai_model: 'offline', unanswered: true });
  expect(attempts()[0]).toBe('connect models.invalid:443');
});

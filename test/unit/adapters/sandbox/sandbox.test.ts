import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { detectSandbox } from '../../../../src/adapters/sandbox/detect-sandbox.ts';
import { profileText } from '../../../../src/adapters/sandbox/sandbox-exec.ts';
import type { Command, Ended } from '../../../../src/ports/process.ts';

const home = realpathSync(mkdtempSync(join(tmpdir(), 'vigilai-home-')));
mkdirSync(join(home, 'tree'));
mkdirSync(join(home, '.agent'));
afterAll(() => rmSync(home, { recursive: true }));

const deps = { env: { HOME: home, PATH: '/usr/bin' }, execPath: process.execPath, visible: [], hidden: [] };
const ended: Ended = { exit: 'code', code: 0, stdout: 'v24.0.0\n', stderr: '', durationMs: 1 };
const detect = (platform: NodeJS.Platform, answer: Partial<Ended>, seen: Command[] = []) =>
  detectSandbox({
    ...deps,
    platform,
    wanted: 'auto',
    run: async (command) => {
      seen.push(command);
      return { ...ended, ...answer };
    },
  });

describe('finding a sandbox', () => {
  it("takes the platform's own when it really works", async () => {
    const seen: Command[] = [];
    expect((await detect('linux', {}, seen)).name).toBe('bubblewrap');
    expect(seen[0]?.argv[0]).toBe('bwrap');
    expect((await detect('darwin', {})).name).toBe('sandbox-exec');
  });

  it('says none when it is missing, broken, or the platform has none', async () => {
    expect((await detect('linux', { exit: 'not_found', code: null, stdout: '' })).name).toBe('none');
    expect((await detect('linux', { code: 1, stdout: '' })).name).toBe('none');
    expect((await detect('win32', {})).name).toBe('none');
  });
});

it('writes a profile for macOS in which later rules open what earlier ones closed', () => {
  const command: Command = { argv: ['/bin/sh'], cwd: '/', env: {} };
  const confinement = {
    writable: [join(home, 'tree')],
    readableHome: [join(home, '.agent')],
    network: false,
  };
  const lines = profileText(deps, command, confinement).split('\n');
  const at = (text: string) => lines.findIndex((line) => line.includes(text));
  expect(at('(deny file-write*)')).toBeGreaterThan(0);
  expect(at(`(deny file-read-data (subpath "${home}"))`)).toBeLessThan(
    at(`(allow file-read* (subpath "${home}/.agent"))`),
  );
  expect(at(`(allow file-read* file-write* (subpath "${home}/tree"))`)).toBeGreaterThan(
    at('(deny file-write*)'),
  );
  expect(lines).toContain('(deny network*)');
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, vigilai } from '../support/cli.ts';

const line = (level: string, message: string, more: object = {}) =>
  JSON.stringify({ time: '2026-11-23T12:00:00.000Z', level, service: 'shop', message, ...more });

const crash = line('error', 'request failed', {
  err: {
    type: 'TypeError',
    message: 'cart is null',
    stack: 'TypeError: cart is null\n    at pay (src/pay.js:2:10)\n    at handle (src/server.js:9:3)',
  },
});

describe('the program as a process', () => {
  it('prints its version and nothing else', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
      version: string;
    };
    expect(await vigilai(['--version'], { cwd: folderWith({}) })).toEqual({
      code: 0,
      out: `${version}\n`,
      err: '',
    });
  });

  it('prints its help', async () => {
    const { code, out, err } = await vigilai(['--help'], { cwd: folderWith({}) });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('vigilai demo');
  });

  it('says in one sentence that Node is too old, with the way out, and ends with 3', async () => {
    const old =
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.12.0' } })";
    const { code, out, err } = await vigilai(['status'], {
      cwd: folderWith({}),
      node: ['--import', `data:text/javascript,${encodeURIComponent(old)}`],
    });
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/^vigilai: it needs Node 22\.22 or newer, and this is 22\.12\.0\nnext: .*\n$/);
  });

  it('ends with 2 for a command that does not exist', async () => {
    const { code, err } = await vigilai(['frobnicate'], { cwd: folderWith({}) });
    expect(code).toBe(2);
    expect(err).toContain("unknown command 'frobnicate'");
  });

  it('names the file, the key, the value and the allowed form of a broken configuration', async () => {
    const cwd = folderWith({
      'vigilai.config.ts': "export default { detection: { bucketSeconds: 'ten' } };\n",
    });
    const { code, err } = await vigilai(['replay', 'app.log'], { cwd });
    expect(code).toBe(2);
    expect(err).toBe(
      'vigilai: vigilai.config.ts: detection.bucketSeconds is "ten"; allowed: a number from 0.1 to 120\n' +
        'next: Correct it; `vigilai config validate` tells when it is right.\n',
    );
  });

  it('replays a log as JSON', async () => {
    const cwd = folderWith({ 'app.log': `${line('info', 'request handled')}\n${crash}\n` });
    const { code, out, err } = await vigilai(['replay', 'app.log', '--json'], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { files } = JSON.parse(out) as {
      files: readonly { lines: number; anomalies: readonly object[] }[];
    };
    expect(files).toMatchObject([{ lines: 2, anomalies: [{ kind: 'error' }] }]);
  });

  it('ends with 2 for a log that is a folder without files or is not there', async () => {
    const { code, err } = await vigilai(['replay', 'nowhere.log'], { cwd: folderWith({}) });
    expect(code).toBe(2);
    expect(err).toMatch(/^vigilai: .*nowhere\.log.*\nnext: /);
  });

  it('diagnoses what is piped in, to file and line, without a daemon', async () => {
    const cwd = folderWith({});
    const { code, out } = await vigilai(['diagnose', '--input', '-', '--json'], { cwd, input: `${crash}\n` });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ai_model: 'offline' });
    expect((await vigilai(['status', '--json'], { cwd })).out).toContain('"running": false');
  });

  it('is quiet when its reader leaves', async () => {
    const cwd = folderWith({ 'app.log': `${crash}\n`.repeat(2000) });
    const shell = `"${process.execPath}" "${join(import.meta.dirname, '../../bin/vigilai.ts')}" config show | head -1`;
    const { execFileSync } = await import('node:child_process');
    const out = execFileSync('sh', ['-c', shell], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(out).toBe('# defaults (no configuration file)\n');
  });
});

describe('the program with its daemon', () => {
  it('watches a command: output and exit code pass through, the crash is noticed and diagnosed', async () => {
    const lines = [...Array.from({ length: 5 }, () => line('info', 'request handled')), crash];
    const cwd = folderWith({
      'src/pay.js': 'export function pay(cart) {\n  return cart.total;\n}\n',
      'app.mjs': `for (const line of ${JSON.stringify(lines)}) console.log(line);\nprocess.exitCode = 4;\n`,
    });
    try {
      const watched = await vigilai(['watch', '--', process.execPath, 'app.mjs'], { cwd });
      expect(watched.code).toBe(4);
      expect(watched.out).toBe(`${lines.join('\n')}\n`);
      const { code, out } = await vigilai(['anomalies', 'list', '--json'], { cwd });
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ items: [{ kind: 'error', occurrences: 1 }] });
      expect((await vigilai(['diagnose', 'last'], { cwd })).code).toBe(0);
      expect(await vigilai(['anomalies', 'show', 'ffff'], { cwd })).toMatchObject({ code: 2 });
    } finally {
      expect((await vigilai(['daemon', 'stop'], { cwd })).out).toBe('The daemon has stopped.\n');
    }
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnosisView } from '../../src/contract/views.ts';
import { demoHistory } from '../support/demo-history.ts';
import type { History } from '../support/history.ts';

const BIN = join(import.meta.dirname, '../../bin/vigilai.ts');
const TRACE = `TypeError: Cannot destructure property 'street' of 'customer.address' as it is null.
    at labelLines (file:///app/src/labels.js:11:11)
    at deliveryLabel (file:///app/src/labels.js:7:58)
    at Server.emit (node:events:519:28)
`;

let demo: History;
let home: string;
beforeAll(() => {
  demo = demoHistory();
  home = mkdtempSync(join(tmpdir(), 'vigilai-home-'));
});
afterAll(() => {
  demo.remove();
  rmSync(home, { recursive: true, force: true });
});

function vigilai(input: string, ...args: readonly string[]) {
  const env = { PATH: process.env['PATH'], HOME: home, XDG_CONFIG_HOME: home, XDG_STATE_HOME: home };
  return spawnSync(process.execPath, [BIN, 'diagnose', ...args], { cwd: home, env, input, encoding: 'utf8' });
}

const diagnosed = (input: string) => {
  const { stdout, status } = vigilai(input, '--input', '-', '--repo', demo.root, '--offline', '--json');
  expect(status).toBe(0);
  return diagnosisView.parse(JSON.parse(stdout));
};

describe('vigilai diagnose --input', () => {
  it('traces a pasted stack trace to file, line and commit, without a daemon', () => {
    const found = diagnosed(TRACE);
    expect(found).toMatchObject({ verdict: 'cause', sure: 'confirmed', ai_model: 'offline' });
    expect(found.suspects.slice(0, 2)).toMatchObject([
      { file: 'src/labels.js', line: 11, symbol: 'labelLines' },
      { line: 7 },
    ]);
    expect(found.suspect_commits[0]).toMatchObject({ sha: demo.shas[2], author: 'Alan Turing' });
  });

  it('finds the error among the lines of a log', () => {
    const stack = TRACE.trimEnd();
    const error = {
      level: 'error',
      message: 'request failed',
      err: { type: 'TypeError', message: 'x', stack },
    };
    const quiet = { level: 'info', message: 'request handled', path: '/orders', duration_ms: 2 };
    const log = [quiet, quiet, error, quiet].map((line) => JSON.stringify(line)).join('\n');
    expect(diagnosed(`${log}\n`).suspects[0]).toMatchObject({ file: 'src/labels.js', line: 11 });
  });

  it('finds the statement behind a line without a trace', () => {
    const { sure, suspects } = diagnosed('12:00:01 ERROR request failed\n');
    expect(sure).toBe('likely');
    expect(suspects[0]).toMatchObject({ file: 'src/server.js', symbol: 'handle' });
  });

  it('knows that a refused connection is not in the code', () => {
    expect(diagnosed('Error: connect ECONNREFUSED 127.0.0.1:5432\n')).toMatchObject({
      verdict: 'no_code_cause',
    });
  });

  it('reads a file, and is a readable report', () => {
    const file = join(home, 'trace.txt');
    writeFileSync(file, TRACE);
    const { stdout, status } = vigilai('', '--input', file, '--repo', demo.root, '--offline');
    expect(status).toBe(0);
    expect(stdout).toContain('S1 src/labels.js:11 labelLines');
    expect(stdout).toContain('> 11 |   const { street, city } = customer.address;');
  });

  it('shows what would go out, without the secrets of the log', () => {
    const log = `connecting to postgres://shop:hunter2@db/orders as ann@example.com\n${TRACE}`;
    const { stdout, status } = vigilai(log, '--input', '-', '--repo', demo.root, '--show-prompt');
    expect(status).toBe(0);
    expect(stdout).toContain('labels.js');
    expect(stdout).not.toContain('hunter2');
    expect(stdout).not.toContain('ann@example.com');
  });

  it('says what is wrong with no input, and with a folder that is no repository', () => {
    expect(vigilai('', '--input', '-', '--repo', demo.root)).toMatchObject({ status: 2 });
    const { status, stderr } = vigilai(TRACE, '--input', '-', '--repo', home, '--offline');
    expect(status).toBe(2);
    expect(stderr).toContain('next:');
  });
});

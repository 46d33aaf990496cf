import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../src/client/client.ts';
import { connect } from '../../src/client/connect.ts';
import { pathsOf } from '../../src/config/paths.ts';
import { type CliRun, folderWith, vigilai } from '../support/cli.ts';
import { until } from '../support/daemon-process.ts';
import { gitIn } from '../support/git-in.ts';
import { type ProviderServer, providerServer, silence } from '../support/provider-server.ts';

const TRACE = 'TypeError: x is undefined\n    at pay (/app/src/pay.js:2:10)\n';

let root: string;
let provider: ProviderServer;
beforeAll(async () => {
  provider = await providerServer([silence]);
  const price = { inputPerMillion: 0, outputPerMillion: 0 };
  root = folderWith({
    'vigilai.config.json': JSON.stringify({
      automation: 'observe',
      diagnosis: { providers: [{ name: 'mute', baseUrl: `${provider.url}/v1`, model: 'small', price }] },
    }),
    'src/pay.js': 'function pay(x) {\n  return x.total;\n}\n',
    'trace.txt': TRACE,
  });
  gitIn(root, 'init', '-q');
  gitIn(root, 'add', '-A');
  mkdirSync(join(root, 'logs'));
  writeFileSync(join(root, 'logs', 'app.log'), `${TRACE}done\n`);
});
afterAll(async () => {
  await vigilai(['daemon', 'stop'], { cwd: root });
  await provider.close();
  rmSync(root, { recursive: true, force: true });
});

/** Ctrl-C once the provider, which never answers, was asked. */
function interrupted(...args: readonly string[]): Promise<CliRun> {
  const before = provider.sent.length;
  const interrupt = () => until('the provider is asked', () => provider.sent.length > before, 50_000);
  return vigilai(['diagnose', ...args], { cwd: root, interrupt });
}

/** The daemon of the folder, which the first command started. */
async function daemon(): Promise<Client> {
  const env = { XDG_STATE_HOME: join(root, 'state') };
  const around = {
    env,
    platform: process.platform,
    home: join(root, 'home'),
    tmp: tmpdir(),
    uid: process.getuid?.() ?? null,
  };
  const client = await connect(pathsOf(root, around).socket);
  if (client === null) throw new Error('no daemon runs');
  return client;
}

describe('Ctrl-C while a model thinks', { timeout: 180_000 }, () => {
  it('ends a diagnosis of an input at once, with nothing printed', async () => {
    const { code, out, err } = await interrupted('--input', 'trace.txt');
    expect(code).toBe(130);
    expect(out).toBe('');
    expect(err).toContain('asking mute/small');
    expect(err).toContain('cancelled');
  });

  it('cancels the job in the daemon, and leaves the anomaly as it was', async () => {
    const starts = async () => (await vigilai(['anomalies', 'list'], { cwd: root })).code === 0;
    await until('the daemon runs', starts, 60_000);
    const client = await daemon();
    const anomalies = async () => (await client.listAnomalies({})).items;
    await until('the error is noticed', async () => (await anomalies()).length === 1, 60_000);
    const { code, out, err } = await interrupted('last');
    expect(code).toBe(130);
    expect(out).toBe('');
    expect(err).toContain('asking mute/small');
    expect(await anomalies()).toMatchObject([{ status: 'detected', diagnosis_id: null }]);
  });
});

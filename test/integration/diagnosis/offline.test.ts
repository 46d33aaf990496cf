import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { composeLocal } from '../../../src/compose/local.ts';
import { type Config, configSchema } from '../../../src/config/config.ts';
import { pathsOf } from '../../../src/config/paths.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { passingBudget } from '../../../src/diagnosis/ledger.ts';
import { nothingAround } from '../../support/nothing-around.ts';
import { anomalyAs } from '../../support/nouns.ts';
import { json, type ProviderServer, providerServer, says } from '../../support/provider-server.ts';

const ANOMALY = anomalyAs({ status: 'diagnosing' }, 'x is undefined');

let root: string;
let server: ProviderServer;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'vigilai-offline-'));
  server = await providerServer([json({ data: [{ id: 'small' }] }), says('{"root_cause":"inconclusive"}')]);
});
afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});
afterEach(() => vi.restoreAllMocks());

/** Everything that speaks to a model: `doctor` and a diagnosis. How often this process tried to open a connection. */
async function attempts(config: Config): Promise<number> {
  const connect = vi.spyOn(net.Socket.prototype, 'connect');
  const around = { env: {}, platform: process.platform, home: root, tmp: root, uid: null };
  const provider = { name: 'one', baseUrl: `${server.url}/v1`, model: 'small', price: FREE };
  const settings = configSchema.parse({ ...config, diagnosis: { providers: [provider] } });
  const env = { PATH: process.env['PATH'] };
  const house = await composeLocal.house({ paths: pathsOf(root, around), settings, env, version: '0.0.0' });
  await house.inspect();
  const ports = {
    repository: null,
    syntax: null,
    model: house.model,
    patterns: [],
    clock: house.clock,
    surroundings: nothingAround,
    contextTokens: 6000,
    budget: passingBudget(settings.budget),
  };
  const { signal } = new AbortController();
  const found = await diagnose(ANOMALY, ports, { id: 'd', offline: false, signal });
  expect(found.rootCause).not.toBe('');
  return connect.mock.calls.length;
}

const FREE = { inputPerMillion: 0, outputPerMillion: 0 };

it('tries no connection at all with `offline: true`', async () => {
  expect(await attempts({ offline: true })).toBe(0);
  expect(server.sent).toEqual([]);
});

it('asks the models and then the model without it', async () => {
  expect(await attempts({})).toBeGreaterThan(0);
  expect(server.sent.map(({ path }) => path)).toEqual(['/v1/models', '/v1/chat/completions']);
});

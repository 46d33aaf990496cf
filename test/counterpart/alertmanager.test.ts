import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type AlertmanagerOptions,
  alertmanagerSourceSchema,
} from '../../src/adapters/sources/alertmanager/options.ts';
import { alertmanagerReceiver } from '../../src/adapters/sources/alertmanager/receiver.ts';
import type { LogRecord } from '../../src/domain/event.ts';
import { type CollectedIntake, collectedIntake } from '../support/collected-intake.ts';
import { freePort, realProgram, start } from '../support/real-program.ts';
import { receiverDeps } from '../support/receiver-deps.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

interface Receiver {
  readonly intake: CollectedIntake;
  readonly url: string;
  records(): readonly LogRecord[];
}

async function receiver(some: Partial<AlertmanagerOptions> = {}): Promise<Receiver> {
  const options = {
    ...alertmanagerSourceSchema.parse({ type: 'alertmanager', name: 'alerts' }),
    port: 0,
    ...some,
  };
  const intake = collectedIntake();
  const deps = { ...receiverDeps(), env: { TOKEN: 'right' } };
  const { address, close } = await alertmanagerReceiver(options, deps)(intake);
  closing.push(close);
  return { intake, url: `${address}/alerts`, records: () => intake.records as readonly LogRecord[] };
}

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers });

const ALERT = { status: 'firing', labels: { alertname: 'HighErrorRate', severity: 'critical' } };

describe('the webhook', () => {
  it('keeps each alert, and counts those that the sender has left out', async () => {
    const { intake, url, records } = await receiver();
    const answer = await post(url, { version: '4', alerts: [ALERT, ALERT], truncatedAlerts: 3 });
    expect(answer.status).toBe(200);
    expect(records().map(({ data }) => data.message)).toEqual(['HighErrorRate', 'HighErrorRate']);
    expect(intake.dropped()).toBe(3);
  });

  it('names the field that is wrong', async () => {
    const { url, records } = await receiver();
    const answers = [
      ['{', 'the body is not JSON'],
      [{ alerts: [{ ...ALERT, status: 'secret' }] }, 'the field `alerts.0.status`: '],
      [{}, 'the field `alerts`: '],
    ] as const;
    for (const [body, message] of answers) {
      const answer = await post(url, body);
      expect(answer.status).toBe(400);
      const said = (await answer.json()) as { readonly message: string };
      expect(said.message).toContain(message);
      expect(said.message).not.toContain('secret');
    }
    expect(records()).toEqual([]);
  });

  it('asks for the token where one is named', async () => {
    const { url } = await receiver({ tokenEnv: 'TOKEN' });
    const body = { alerts: [ALERT] };
    expect((await post(url, body)).status).toBe(401);
    expect((await post(url, body, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await post(url, body, { authorization: 'Bearer right' })).status).toBe(200);
    await expect(receiver({ tokenEnv: 'MISSING' })).rejects.toMatchObject({
      code: 'bad_config',
      message: 'the source alerts asks for the token in MISSING: this variable is not set',
    });
  });
});

const alertmanager = realProgram('prometheus-alertmanager');

describe.skipIf(alertmanager.skipped)('a real Alertmanager', () => {
  /** Answers the address of its API once it is ready. */
  async function running(webhook: string): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'vigilai-alertmanager-'));
    closing.push(() => rmSync(folder, { recursive: true, force: true }));
    const config = join(folder, 'alertmanager.json'); // YAML takes JSON
    writeFileSync(
      config,
      JSON.stringify({
        route: { receiver: 'vigilai', group_by: ['alertname'], group_wait: '50ms', group_interval: '1s' },
        receivers: [
          {
            name: 'vigilai',
            webhook_configs: [
              {
                url: webhook,
                send_resolved: true,
                http_config: { authorization: { type: 'Bearer', credentials: 'right' } },
              },
            ],
          },
        ],
      }),
    );
    const address = `127.0.0.1:${await freePort()}`;
    const child = start(alertmanager, [
      `--config.file=${config}`,
      `--storage.path=${folder}`,
      `--web.listen-address=${address}`,
      '--cluster.listen-address=',
    ]);
    closing.push(() => child.stop());
    let over = false;
    void child.ended.then(() => {
      over = true;
    });
    while (
      !(await fetch(`http://${address}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      ))
    ) {
      if (over) throw new Error(child.output());
      await pause(20);
    }
    return `http://${address}/api/v2/alerts`;
  }

  const json = { 'content-type': 'application/json' };
  const alert = {
    labels: { alertname: 'HighErrorRate', severity: 'warning', service: 'shop' },
    annotations: { summary: '12.5% of requests to shop fail' },
    generatorURL: 'http://prometheus.test/graph',
  };

  it('tells of an alert that fires, and of its end', async () => {
    const { url, intake, records } = await receiver({ tokenEnv: 'TOKEN' });
    const api = await running(url);
    const startsAt = new Date().toISOString();
    expect((await post(api, [{ ...alert, startsAt }], json)).status).toBe(200);
    await intake.until(() => records().length === 1);
    expect(records()[0]).toMatchObject({
      metadata: { alertname: 'HighErrorRate', severity: 'warning', service: 'shop' },
      data: {
        message: 'HighErrorRate: <*> of requests to shop fail',
        level: 'warn',
        fields: {
          annotations: { summary: '12.5% of requests to shop fail' },
          fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
          generator_url: 'http://prometheus.test/graph',
        },
      },
    });
    await post(api, [{ ...alert, startsAt, endsAt: new Date().toISOString() }], json);
    await intake.until(() => records().length === 2);
    expect(records()[1]?.data).toMatchObject({
      message: 'resolved: HighErrorRate: <*> of requests to shop fail',
      level: 'info',
    });
  });

  it('comes again when nothing could be kept', async () => {
    const { url, intake, records } = await receiver({ tokenEnv: 'TOKEN' });
    intake.fill(true);
    await post(await running(url), [alert], json);
    await intake.until(() => intake.refused() >= 2);
    expect(records()).toEqual([]);
    intake.fill(false);
    await intake.until(() => records().length === 1);
    expect(intake.dropped()).toBe(0);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertRecord, webhookSchema } from '../../../../../src/adapters/sources/alertmanager/webhook.ts';

const NOW = Date.UTC(2026, 2, 5, 12);
const records = (webhook: unknown) =>
  webhookSchema.parse(webhook).alerts.map((alert) => alertRecord(alert, NOW));
const firing = (labels: object, annotations: object = {}) =>
  records({ alerts: [{ status: 'firing', labels, annotations }] })[0]?.data;

/** As the documentation of Grafana has it. */
const GRAFANA = {
  receiver: 'My Super Webhook',
  status: 'firing',
  orgId: 1,
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'High memory usage', team: 'blue', zone: 'us-1' },
      annotations: {
        description: 'The system has high memory usage',
        summary: 'This alert was triggered for zone us-1',
      },
      startsAt: '2021-10-12T09:51:03.157076+02:00',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'https://play.grafana.org/alerting/1afz29v7z/edit',
      fingerprint: 'c6eadffa33fcdf37',
      silenceURL: 'https://play.grafana.org/alerting/silence/new',
      dashboardURL: '',
      panelURL: '',
      values: { B: 44.23943737541908, C: 1 },
    },
  ],
  groupLabels: {},
  commonLabels: { team: 'blue' },
  commonAnnotations: {},
  externalURL: 'https://play.grafana.org/',
  version: '1',
  groupKey: '{}:{}',
  truncatedAlerts: 0,
  title: '[FIRING:1]',
  state: 'alerting',
  message: '**Firing**',
};

describe('a webhook', () => {
  it('of Grafana becomes a record an alert, with what the rule gave', () => {
    expect(records(GRAFANA)).toEqual([
      {
        type: 'log',
        timestamp: NOW,
        metadata: { alertname: 'High memory usage', team: 'blue', zone: 'us-1' },
        data: {
          message: 'High memory usage: This alert was triggered for zone us-1',
          level: 'error',
          fields: {
            status: 'firing',
            labels: { alertname: 'High memory usage', team: 'blue', zone: 'us-1' },
            annotations: {
              description: 'The system has high memory usage',
              summary: 'This alert was triggered for zone us-1',
            },
            starts_at: '2021-10-12T09:51:03.157076+02:00',
            ends_at: null,
            fingerprint: 'c6eadffa33fcdf37',
            generator_url: 'https://play.grafana.org/alerting/1afz29v7z/edit',
            values: { B: 44.23943737541908, C: 1 },
          },
        },
      },
    ]);
    expect(records({ ...GRAFANA, alerts: [{ ...GRAFANA.alerts[0], values: null }] })).toHaveLength(1);
  });

  it('tells the level by the severity; no severity is meant', () => {
    const levels = ['critical', 'page', 'warning', 'Info', 'none'].map(
      (severity) => firing({ severity })?.level,
    );
    expect(levels).toEqual(['error', 'error', 'warn', 'info', 'info']);
    expect(firing({})).toMatchObject({ level: 'error', message: 'an alert without a name' });
  });

  it('says the same each time, whatever the value of the moment', () => {
    const message = (summary: string) => firing({ alertname: 'A' }, { summary })?.message;
    expect(message('disk 93.2% full on db-1')).toBe('A: disk <*> full on db-1');
    expect(message('p95 is 1,204ms (limit 500ms), 5xx -3.5')).toBe('A: p95 is <*> (limit <*>), 5xx <*>');
    expect(message('10.0.0.7:9100 uses 1.3GiB')).toBe('A: <*>:<*> uses <*>');
    expect(firing({ alertname: 'A' }, { description: 'd' })?.message).toBe('A: d');
  });

  it('that resolves is calm, and says when', () => {
    const alert = {
      status: 'resolved',
      labels: { alertname: 'A', severity: 'critical' },
      endsAt: '2026-03-05T11:00:00Z',
    };
    expect(records({ alerts: [alert] })[0]?.data).toMatchObject({
      message: 'resolved: A',
      level: 'info',
      fields: { status: 'resolved', ends_at: '2026-03-05T11:00:00Z' },
    });
  });

  it('is bounded in what is kept of it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.string(), { maxKeys: 100 }),
        fc.string(),
        (labels, summary) => {
          const data = firing(labels, { summary });
          const kept = data?.fields?.['labels'] as object;
          expect(Object.keys(kept).length).toBeLessThanOrEqual(64);
        },
      ),
      { numRuns: 200 },
    );
    expect(firing({ a: 'x'.repeat(5000) })?.fields).toMatchObject({ labels: { a: 'x'.repeat(1000) } });
  });
});

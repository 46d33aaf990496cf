import { z } from 'zod';
import type { Labels, Level, LogRecord } from '../../../domain/event.ts';

const texts = z.record(z.string(), z.string()).nullish();

const alertSchema = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: texts,
  annotations: texts,
  startsAt: z.string().nullish(),
  endsAt: z.string().nullish(),
  generatorURL: z.string().nullish(),
  fingerprint: z.string().nullish(),
  /** Grafana only: what the expressions of the rule gave. */
  values: z.record(z.string(), z.unknown()).nullish().catch(null),
});

/** The webhook of Alertmanager (version 4), and Grafana's, which has a few fields more. */
export const webhookSchema = z.object({
  alerts: z.array(alertSchema),
  receiver: z.string().nullish(),
  /** Alerts that the sender has left out by its own `max_alerts`. */
  truncatedAlerts: z.number().int().nonnegative().nullish(),
});

export type Webhook = z.output<typeof webhookSchema>;
type Alert = Webhook['alerts'][number];

const MOST_LABELS = 64;
const LONGEST_VALUE = 1000;

/** One record an alert, at `now` (epoch ms): a sender repeats what goes on firing, and each repetition is a record. */
export function alertRecord(alert: Alert, now: number): LogRecord {
  const { status, startsAt, endsAt, generatorURL, fingerprint, values } = alert;
  const labels = bounded(alert.labels);
  const annotations = bounded(alert.annotations);
  const resolved = status === 'resolved';
  const numbers = Object.entries(values ?? {}).filter(([, value]) => typeof value === 'number');
  return {
    type: 'log',
    timestamp: now,
    metadata: labels,
    data: {
      message: `${resolved ? 'resolved: ' : ''}${messageOf(labels, annotations)}`,
      level: resolved ? 'info' : levelOf(labels['severity']),
      fields: {
        status,
        labels,
        annotations,
        starts_at: startsAt ?? null,
        ends_at: resolved ? (endsAt ?? null) : null,
        fingerprint: fingerprint ?? null,
        generator_url: generatorURL?.slice(0, LONGEST_VALUE) ?? null,
        ...(numbers.length === 0 ? {} : { values: Object.fromEntries(numbers.slice(0, MOST_LABELS)) }),
      },
    },
  };
}

function bounded(values: Labels | null | undefined): Labels {
  const short = Object.entries(values ?? {})
    .slice(0, MOST_LABELS)
    .map(([name, value]) => [name.slice(0, LONGEST_VALUE), value.slice(0, LONGEST_VALUE)]);
  return Object.fromEntries(short);
}

/** A number by itself, with a unit or without: summaries quote the value of the moment. */
const VALUE = /(?<![\w.-])-?\d[\d.,]{0,30}(?:%|(?!xx)[A-Za-z]{1,3})?(?![\w-])/g;

/** The same for each repetition of an alert, so that repetitions are told as such. */
function messageOf(labels: Labels, annotations: Labels): string {
  const name = labels['alertname'] ?? 'an alert without a name';
  const summary = annotations['summary'] ?? annotations['description'] ?? '';
  return summary === '' ? name : `${name}: ${summary.replaceAll(VALUE, '<*>')}`;
}

const CALMER: ReadonlyMap<string, Level> = new Map<string, Level>([
  ['warning', 'warn'],
  ['warn', 'warn'],
  ['minor', 'warn'],
  ['medium', 'warn'],
  ['info', 'info'],
  ['informational', 'info'],
  ['information', 'info'],
  ['low', 'info'],
  ['none', 'info'],
]);

/** Of a firing alert: who fires with another word, or none (as Grafana does), means it. */
function levelOf(severity: string | undefined): Level {
  return CALMER.get((severity ?? '').toLowerCase()) ?? 'error';
}

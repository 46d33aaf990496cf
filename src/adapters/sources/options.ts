import { z } from 'zod';
import { alertmanagerSourceSchema } from './alertmanager/options.ts';
import { dockerSourceSchema } from './docker/options.ts';
import { fileSourceSchema } from './file/options.ts';
import { hostSourceSchema } from './host/options.ts';
import { httpSourceSchema } from './http/options.ts';
import { journaldSourceSchema } from './journald/options.ts';
import { otlpSourceSchema } from './otlp/options.ts';
import { prometheusSourceSchema } from './prometheus/options.ts';
import { sentrySourceSchema } from './sentry/options.ts';
import { syslogSourceSchema } from './syslog/options.ts';

/** One configured source, told by its `type`. */
export const sourceSchema = z.discriminatedUnion('type', [
  fileSourceSchema,
  dockerSourceSchema,
  journaldSourceSchema,
  syslogSourceSchema,
  prometheusSourceSchema,
  otlpSourceSchema,
  sentrySourceSchema,
  hostSourceSchema,
  httpSourceSchema,
  alertmanagerSourceSchema,
]);

/** With every default applied. */
export type SourceOptions = z.output<typeof sourceSchema>;

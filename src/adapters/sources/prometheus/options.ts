import { z } from 'zod';
import { sourceName } from '../source-name.ts';
import { sourceSensitivity } from '../source-sensitivity.ts';

const url = z
  .url({ protocol: /^https?$/ })
  .refine((text) => new URL(text).username === '' && new URL(text).password === '', {
    error: 'credentials do not belong in a URL: name the environment variable that holds them',
  });

const envName = z.string().regex(/^[A-Za-z_]\w*$/, 'the name of an environment variable, not its value');

const globs = z.array(z.string().min(1).max(200));

const querySchema = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.:-]{1,128}$/, 'letters, digits, `_`, `.`, `:` and `-`, at most 128')
    .describe('What the numbers are called.'),
  promql: z.string().min(1).max(10_000).describe('The expression, such as `sum(rate(requests_total[1m]))`.'),
});

/** Options of one `prometheus` source: pages that it scrapes, or a Prometheus server that it asks. */
export const prometheusSourceSchema = z
  .strictObject({
    type: z.literal('prometheus'),
    name: sourceName,
    sensitivity: sourceSensitivity,
    targets: z
      .array(url)
      .max(1000)
      .default([])
      .describe('Metrics pages, such as http://127.0.0.1:9100/metrics.'),
    intervalSeconds: z.number().min(1).max(3600).default(15).describe('How often each target is read.'),
    timeoutSeconds: z.number().min(0.1).max(600).default(10).describe('Longest wait for one answer.'),
    tokenEnv: envName
      .nullable()
      .default(null)
      .describe('Environment variable with a token for the `Authorization` header.'),
    basicAuth: z
      .strictObject({
        username: z.string().min(1).describe('The user.'),
        passwordEnv: envName.describe("Environment variable with the user's password."),
      })
      .nullable()
      .default(null)
      .describe('A user and a password for the `Authorization` header.'),
    include: globs.default(['*']).describe('Names of metrics to read, with `*` for any characters.'),
    exclude: globs.default([]).describe('Names of metrics to leave out, with `*` for any characters.'),
    labels: globs
      .default(['*'])
      .describe('Labels that tell series apart; series that differ in others only become one.'),
    server: url
      .nullable()
      .default(null)
      .describe('A Prometheus server that `queries` are put to, such as http://127.0.0.1:9090.'),
    queries: z.array(querySchema).max(200).default([]).describe('PromQL expressions, read as range queries.'),
    stepSeconds: z
      .number()
      .int()
      .min(1)
      .max(3600)
      .default(15)
      .describe('Time between two values of a query.'),
    delaySeconds: z
      .number()
      .int()
      .min(0)
      .max(3600)
      .default(5)
      .describe('How old a value must be to be asked for: the server may still wait for its samples.'),
    backfillMinutes: z
      .number()
      .min(0)
      .max(10_080)
      .default(60)
      .describe('How far back queries begin, at the first start and after a time without the daemon.'),
  })
  .refine(({ targets, queries }) => targets.length > 0 !== queries.length > 0, {
    error: 'either `targets` or `queries`: write a source for each',
  })
  .refine(({ server, queries }) => server !== null || queries.length === 0, {
    path: ['server'],
    error: 'queries need the server that they are put to',
  })
  .refine(({ tokenEnv, basicAuth }) => tokenEnv === null || basicAuth === null, {
    path: ['basicAuth'],
    error: 'either a bearer token or a user and password',
  });

export type PrometheusOptions = z.output<typeof prometheusSourceSchema>;

import type { ZodType } from 'zod';
import { VigilError } from '../../../domain/errors.ts';
import type { Intake, Listen } from '../../../ports/source.ts';
import {
  type Answer,
  type HttpListenerDeps,
  httpListener,
  keep,
  type Posted,
  Refusal,
  type Route,
} from '../http-listener.ts';
import { readLogs } from './logs.ts';
import { type MetricReader, metricReader } from './metrics/metrics.ts';
import type { OtlpSourceOptions } from './options.ts';
import { readTraces } from './traces.ts';
import { type Encoding, encodingOf } from './wire/encoding.ts';
import type { RequestName } from './wire/protobuf.ts';
import type { Understood } from './wire/understood.ts';
import { logsRequest, metricsRequest, tracesRequest } from './wire/wire.ts';

/**
 * An OTLP/HTTP endpoint (OTLP specification 1.9): logs, metrics and traces, as protobuf or JSON. What cannot be used is told
 * by a partial success; `429` and `503` ask to send again.
 */
export function otlpReceiver(options: OtlpSourceOptions, deps: HttpListenerDeps): Listen {
  const { host, port, name: source, maxBodyBytes, origins } = options;
  // Kept while the socket is reopened: rates go on where they were.
  const metrics = metricReader();
  return (intake) => {
    const at = { host, port, source, maxBodyBytes, origins };
    return httpListener(at, routes({ intake, metrics, now: () => deps.clock.now() }), deps);
  };
}

interface Desk {
  readonly intake: Intake;
  readonly metrics: MetricReader;
  readonly now: () => number;
}

/** One of the three kinds of requests. */
interface Signal<T> {
  readonly path: RegExp;
  readonly request: RequestName;
  readonly schema: ZodType<T>;
  /** Name of the count in the JSON of a partial success. */
  readonly rejected: string;
  readonly read: (request: T) => Understood & { readonly keep?: () => void };
}

function routes({ intake, metrics, now }: Desk): readonly Route[] {
  return [
    route(intake, {
      path: /^\/v1\/logs$/,
      request: 'ExportLogsServiceRequest',
      schema: logsRequest,
      rejected: 'rejectedLogRecords',
      read: (request) => readLogs(request, now()),
    }),
    route(intake, {
      path: /^\/v1\/metrics$/,
      request: 'ExportMetricsServiceRequest',
      schema: metricsRequest,
      rejected: 'rejectedDataPoints',
      read: (request) => metrics.read(request, now()),
    }),
    route(intake, {
      path: /^\/v1\/traces$/,
      request: 'ExportTraceServiceRequest',
      schema: tracesRequest,
      rejected: 'rejectedSpans',
      read: (request) => readTraces(request, now()),
    }),
  ];
}

function route<T>(intake: Intake, signal: Signal<T>): Route {
  return {
    path: signal.path,
    async answer({ headers, body }) {
      const encoding = await encodingOf(headers['content-type']);
      return received(intake, signal, encoding, body).catch((error: unknown) => refused(error, encoding));
    },
  };
}

async function received<T>(
  intake: Intake,
  { request, schema, rejected, read }: Signal<T>,
  encoding: Encoding,
  body: Posted['body'],
): Promise<Answer> {
  const parsed = schema.safeParse(encoding.decode(request, body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Refusal(400, `this is no ${request}: see ${issue?.path.join('.') ?? 'its form'}`);
  }
  const understood = read(parsed.data);
  await keep(intake, understood.records);
  understood.keep?.();
  const partial = understood.rejected === 0 ? null : understood;
  return encoding.answer(200, encoding.response(rejected, partial));
}

/** A failure as the `google.rpc.Status` that the specification asks for; anything else is a bug of ours. */
function refused(error: unknown, encoding: Encoding): Answer {
  if (error instanceof Refusal) return encoding.answer(error.status, encoding.status(error), error.headers);
  if (!(error instanceof VigilError)) throw error;
  const status = error.retry && error.http >= 500 ? 503 : error.http;
  const headers: Record<string, string> = error.retry ? { 'retry-after': RETRY_SECONDS } : {};
  return encoding.answer(status, encoding.status({ status, message: error.message }), headers);
}

const RETRY_SECONDS = '2';

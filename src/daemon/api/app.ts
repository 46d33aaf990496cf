import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { createBareApp } from './bare-app.ts';
import type { Desk } from './desk.ts';
import { anomalyRoutes } from './routes/anomalies.ts';
import { codeRoutes } from './routes/code.ts';
import { deadRoutes } from './routes/dead.ts';
import { diagnosisRoutes } from './routes/diagnosis.ts';
import { ingestRoutes } from './routes/ingest.ts';
import { jobRoutes } from './routes/jobs.ts';
import { pullRoutes } from './routes/pulls.ts';
import { seriesRoutes } from './routes/series.ts';
import { sourceRoutes } from './routes/sources.ts';
import { systemRoutes } from './routes/system.ts';
import type { Stream } from './stream.ts';

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** The API, not listening. Requests and answers are checked by the contract; what no schema names does not leave. */
export function createApp(desk: Desk, stream: Stream): App {
  const app = createBareApp(desk);
  ingestRoutes(app, desk);
  anomalyRoutes(app, desk);
  diagnosisRoutes(app, desk);
  codeRoutes(app, desk);
  pullRoutes(app, desk);
  jobRoutes(app, desk);
  sourceRoutes(app, desk);
  deadRoutes(app, desk);
  seriesRoutes(app, desk);
  systemRoutes(app, desk, stream);
  return app;
}

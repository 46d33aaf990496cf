import type { IncomingMessage, ServerResponse } from 'node:http';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type RawServerDefault } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { parseNdjson } from '../intake/ingest.ts';
import type { Desk } from './desk.ts';
import { badRequest, problemOf } from './problem.ts';
import { anomalyRoutes } from './routes/anomalies.ts';
import { codeRoutes } from './routes/code.ts';
import { deadRoutes } from './routes/dead.ts';
import { diagnosisRoutes } from './routes/diagnosis.ts';
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

/** 10,000 events of ingest fit. */
const BODY_LIMIT = 16 * 1024 * 1024;
/** When a sender may come again, seconds. */
const RETRY_AFTER = 1;

/** The API, not listening. Requests and answers are checked by the contract; what no schema names does not leave. */
export function createApp(desk: Desk, stream: Stream): App {
  const app: App = Fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app, desk);
  countRequests(app, desk);
  acceptJson(app);
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

function answerErrors(app: App, desk: Desk): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    const facts = { err: error, route: request.routeOptions.url, status: problem.status };
    if (problem.code === 'bug') desk.work.log.error(facts, 'a request failed');
    else desk.work.log.debug(facts, 'a request was refused');
    if (problem.status === 429) reply.header('retry-after', RETRY_AFTER);
    return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  });
  app.setNotFoundHandler((request, reply) => {
    const problem = badRequest(`there is no route ${request.method} ${request.url.split('?')[0]}`, 404);
    return reply.code(404).type('application/problem+json').send(JSON.stringify(problem));
  });
}

function countRequests(app: App, desk: Desk): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    desk.metrics.request(route, reply.statusCode, reply.elapsedTime / 1000);
  });
}

/**
 * A POST without a body says `application/json` all the same; an empty body is an empty record. An array is taken for
 * the events that it holds, and so are the lines of NDJSON.
 */
function acceptJson(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) => {
    try {
      const value: unknown = body === '' ? {} : JSON.parse(String(body));
      done(null, Array.isArray(value) ? { events: value } : value);
    } catch {
      done(Object.assign(new Error('the body is not JSON'), { statusCode: 400 }));
    }
  });
  app.addContentTypeParser(NDJSON, { parseAs: 'string' }, (_, body, done) => {
    try {
      done(null, parseNdjson(String(body)));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

const NDJSON = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'];

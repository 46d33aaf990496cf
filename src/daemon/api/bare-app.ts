import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { parseNdjson } from '../intake/ingest.ts';
import type { App } from './app.ts';
import type { Desk } from './desk.ts';
import { badRequest, problemOf } from './problem.ts';

/** 10,000 events of ingest fit. */
const BODY_LIMIT = 16 * 1024 * 1024;
/** A request must be whole after this long. */
const REQUEST_MS = 30_000;
/** When a sender may come again, seconds. */
const RETRY_AFTER = 1;

/** An app without routes: how it reads bodies, checks them, counts requests and answers errors. */
export function createBareApp(desk: Desk): App {
  const app: App = Fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app, desk);
  countRequests(app, desk);
  acceptJson(app);
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

import { isIP } from 'node:net';
import type { App } from './app.ts';
import { createBareApp } from './bare-app.ts';
import type { Desk } from './desk.ts';
import { badRequest } from './problem.ts';
import { ingestRoutes } from './routes/ingest.ts';

/**
 * The two routes that take events in, for a TCP port. A web page in a browser must not reach them: what names another
 * origin, or a host that is no address and not `localhost` (DNS rebinding), is refused.
 */
export function createIngestApp(desk: Desk): App {
  const app = createBareApp(desk);
  app.addHook('onRequest', async (request, reply) => {
    const { host = '', origin } = request.headers;
    if (isLocal(host) && (origin === undefined || isLocal(originHost(origin)))) return;
    const problem = badRequest('requests of web pages of other hosts are refused', 403);
    await reply.code(403).type('application/problem+json').send(JSON.stringify(problem));
  });
  ingestRoutes(app, desk);
  return app;
}

/** Of an origin such as `http://localhost:3000`; empty for one that is none. */
function originHost(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : '';
}

function isLocal(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return name === 'localhost' || isIP(name) !== 0;
}

import { isIP } from 'node:net';
import type { App } from './app.ts';
import { createBareApp } from './bare-app.ts';
import type { Desk } from './desk.ts';
import { badRequest } from './problem.ts';
import { ingestRoutes } from './routes/ingest.ts';

/** Each may hold one body. */
const MOST_CONNECTIONS = 128;

/**
 * The two routes that take events in, for a TCP port. A web page in a browser must not reach them: what names an origin
 * that is not of this machine, or a host that is no address and not `localhost` (DNS rebinding), is refused.
 */
export function createIngestApp(desk: Desk): App {
  const app = createBareApp(desk);
  app.server.maxConnections = MOST_CONNECTIONS;
  app.addHook('onRequest', async (request, reply) => {
    const { host = '', origin } = request.headers;
    if (isAddress(nameOf(host)) && (origin === undefined || isLoopback(originName(origin)))) return;
    const problem = badRequest('requests of web pages of other hosts are refused', 403);
    await reply.code(403).type('application/problem+json').send(JSON.stringify(problem));
  });
  ingestRoutes(app, desk);
  return app;
}

/** Of an origin such as `http://localhost:3000`; empty for one that is none. */
function originName(origin: string): string {
  return URL.canParse(origin) ? nameOf(new URL(origin).host) : '';
}

/** Of a host such as `[::1]:4310`. */
function nameOf(host: string): string {
  return host.replace(/:\d{1,5}$/, '').replace(/^\[|\]$/g, '');
}

function isAddress(name: string): boolean {
  return name === 'localhost' || isIP(name) !== 0;
}

/** A page may be served from any address; only those of this machine are the user's own. */
function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

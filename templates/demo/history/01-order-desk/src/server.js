import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { createLog } from './log.js';
import { createOrders } from './orders.js';
import { routes } from './routes.js';

/** The service without a port, so that tests can start it anywhere. */
export function createApp({ orders, log }) {
  return createServer((request, response) => {
    const started = performance.now();
    const url = new URL(request.url, 'http://localhost');
    const answer = handle(request, url, { orders, log });
    log.info('request handled', {
      method: request.method,
      path: url.pathname,
      status: answer.status,
      duration_ms: Number((performance.now() - started).toFixed(3)),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
}

function handle(request, url, { orders, log }) {
  const handler = routes[url.pathname];
  if (handler === undefined) return { status: 404, body: { error: 'not found' } };
  try {
    return handler(url.searchParams, orders);
  } catch (error) {
    log.error('request failed', { method: request.method, path: url.pathname, status: 500, err: error });
    return { status: 500, body: { error: 'internal error' } };
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const log = createLog(process.env.LOG_FILE ?? 'logs/app.log');
  const app = createApp({ orders: createOrders(), log });
  app.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
    const { port } = app.address();
    log.info('listening', { port });
    console.log(`listening on ${port}`);
  });
}

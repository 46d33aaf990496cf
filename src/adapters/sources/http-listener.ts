import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { VigilError } from '../../domain/errors.ts';
import type { SourceRecord } from '../../domain/event.ts';
import { redact } from '../../domain/redact.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Intake, Listening } from '../../ports/source.ts';
import { type BindTo, bind, hostAndPort } from './bind.ts';
import { type BodyReader, bodyReader, Refusal } from './http-body.ts';
import { mayPost, originHeaders, preflightHeaders } from './http-origin.ts';

export { Refusal } from './http-body.ts';

/** The head of a POST. */
export interface PostHead {
  /** Named groups of the route's `path`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** A POST, its body read and decoded (gzip, deflate, br, zstd). */
export interface Posted extends PostHead {
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes are sent as they are (name their `content-type`), anything else as JSON. */
  readonly body: Uint8Array | object;
}

/** What is done with the POSTs of one path. */
export interface Route {
  /** Matches the whole path, such as `/^\/v1\/logs$/`; named groups become `params`. */
  readonly path: RegExp;
  /** Asked before the body is read. @throws Refusal, such as 401 */
  readonly admit?: (head: PostHead) => void;
  /** @throws Refusal for a body that cannot be used, VigilError of the intake. */
  readonly answer: (posted: Posted) => Promise<Answer>;
}

export interface HttpListenerOptions extends BindTo {
  /** Largest body in bytes, as sent and decoded. */
  readonly maxBodyBytes: number;
  /** Origins of pages that may post, beside those of this machine. */
  readonly origins: readonly string[];
  /** A request must be whole after this long; 30 s. */
  readonly timeoutMs?: number;
}

export interface HttpListenerDeps {
  readonly clock: Clock;
  readonly log: Log;
}

const REQUEST_MS = 30_000;
const KEEP_ALIVE_MS = 60_000;
const MOST_CONNECTIONS = 512;
/** What is under way when it closes may take this long. */
const GRACE_MS = 1000;
const RETRY_SECONDS = 2;

/**
 * Listens for POSTs: 404 for another path, 405 for another method, 403 for a page of a foreign origin, 413 for a body over
 * the limit, 408 for a request that does not come to its end. @throws VigilError `port_taken`, `bad_config`.
 */
export async function httpListener(
  options: HttpListenerOptions,
  routes: readonly Route[],
  { clock, log }: HttpListenerDeps,
): Promise<Listening> {
  const requestTimeout = options.timeoutMs ?? REQUEST_MS;
  const server = createServer({
    requestTimeout,
    headersTimeout: requestTimeout,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: Math.min(1000, requestTimeout),
  });
  server.maxConnections = MOST_CONNECTIONS;
  const bodies = bodyReader(options.maxBodyBytes);
  const { origins } = options;
  server.on('request', (request, response) => {
    void respond({ request, response, origins, log }, () => answerTo(request, { routes, bodies, origins }));
  });
  const address = await bind(server, options);
  server.on('error', (error) => log.warn({ source: options.source, error: error.message }, 'cannot accept'));
  return { address: `http://${hostAndPort(address)}`, close: () => closed(server, clock) };
}

/** @throws VigilError `queue_full` when there is no room for them: the sender is told to come again. */
export async function keep(intake: Intake, records: readonly SourceRecord[]): Promise<void> {
  if (records.length === 0 || (await intake.accept(records)) === 'kept') return;
  throw new VigilError('queue_full', { what: 'too many events wait to be read' });
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly origins: readonly string[];
  readonly log: Log;
}

async function respond(
  { request, response, origins, log }: Exchange,
  answer: () => Promise<Answer>,
): Promise<void> {
  const { status, headers, body } = await answer().catch((error: unknown) => refusalOf(error, request, log));
  request.resume(); // what is left of a body that was refused
  if (response.destroyed) return; // it hung up
  const bytes = body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': bytes.length,
    ...originHeaders(request.headers.origin, origins),
    ...headers,
  });
  response.end(bytes);
}

interface Answering {
  readonly routes: readonly Route[];
  readonly bodies: BodyReader;
  readonly origins: readonly string[];
}

async function answerTo(request: IncomingMessage, { routes, bodies, origins }: Answering): Promise<Answer> {
  const { pathname, searchParams: query } = urlOf(request);
  const route = routes.find(({ path }) => path.test(pathname));
  if (route === undefined) throw new Refusal(404, 'nothing is received at this path');
  const { headers, method } = request;
  if (!mayPost(headers.origin, origins)) throw new Refusal(403, 'pages of this origin may not post here');
  if (method === 'OPTIONS')
    return { status: 200, headers: preflightHeaders(headers['access-control-request-headers']), body: {} };
  if (method !== 'POST') throw new Refusal(405, 'only POST is understood here', { allow: 'POST, OPTIONS' });
  const head = { params: route.path.exec(pathname)?.groups ?? {}, query, headers };
  route.admit?.(head);
  return bodies.withBody(request, (body) => route.answer({ ...head, body }));
}

function urlOf(request: IncomingMessage): URL {
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  if (url === null) throw new Refusal(400, 'the path cannot be read');
  return url;
}

/** Anything that is neither a refusal nor the state of this machine is a bug of ours: it is logged, never with the body. */
function refusalOf(error: unknown, request: IncomingMessage, log: Log): Answer {
  if (error instanceof Refusal)
    return { status: error.status, headers: error.headers, body: { message: error.message } };
  if (error instanceof VigilError) {
    const status = error.retry && error.http >= 500 ? 503 : error.http;
    const headers = error.retry ? { 'retry-after': String(RETRY_SECONDS) } : {};
    return { status, headers, body: { message: error.message } };
  }
  const aborted = request.destroyed && !request.complete;
  if (!aborted) log.error({ error: redact(String(error)) }, 'a request could not be answered');
  return { status: 500, body: { message: 'a bug of ours; `vigilai daemon logs` has the details' } };
}

/** Ends idle connections at once, and the others once they are answered or the grace is over. */
async function closed(server: Server, clock: Clock): Promise<void> {
  const over = new AbortController();
  const ended = new Promise<void>((settle) => server.close(() => settle()));
  server.closeIdleConnections();
  void clock.sleep(GRACE_MS, over.signal).then(() => server.closeAllConnections());
  await ended;
  over.abort();
}

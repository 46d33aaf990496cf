import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type FakeContainer, fakeContainer, type Logged } from './container.ts';

/** A Docker Engine on a unix socket: as much of its API as reading logs needs, with the real framing. */
export interface FakeEngine {
  readonly host: string;
  start(): Promise<void>;
  /** Breaks off every connection, as a crash does. */
  stop(): Promise<void>;
  /** Made and, unless said otherwise, started. */
  run(name: string, facts?: Partial<ContainerFacts>): FakeContainer;
  remove(container: FakeContainer): void;
  /** Requests so far, such as `/containers/abc/logs`. */
  readonly asked: readonly string[];
  readonly quirks: Quirks;
}

export interface ContainerFacts {
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly tty: boolean;
  readonly running: boolean;
}

/** What engines do differently, or wrong. */
export interface Quirks {
  /** Cuts what is written to a log into the chunks in which it is sent. */
  cut: (bytes: Buffer) => readonly Buffer[];
  /** Podman leaves out lines of exactly `since`. */
  sinceIsExclusive: boolean;
  /** Before 23, Docker compared each line with `since`; later ones only look for the first. */
  sinceHoldsForEach: boolean;
  /** Some engines send no headers before the first line. */
  lateHeaders: boolean;
  /** The engine's own clock, nanoseconds since the epoch. */
  now: () => bigint;
  /** By container id: an answer instead of the log. */
  readonly refusals: Map<string, { readonly status: number; readonly message: string }>;
}

export function fakeEngine(socket: string): FakeEngine {
  const containers = new Map<string, FakeContainer>();
  const listeners = new Set<ServerResponse>();
  const asked: string[] = [];
  const quirks: Quirks = {
    cut: (bytes) => [bytes],
    sinceIsExclusive: false,
    sinceHoldsForEach: false,
    lateHeaders: false,
    now: () => BigInt(Date.now()) * 1_000_000n,
    refusals: new Map(),
  };
  let server: Server | null = null;
  let made = 0;

  const tell = (id: string, Action: string) => {
    const event = { Type: 'container', Action, Actor: { ID: id }, time: 1 };
    for (const listener of listeners) listener.write(`${JSON.stringify(event)}\n`);
  };
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://engine');
    const path = url.pathname.replace(/^\/v\d[\d.]*/, '');
    asked.push(path);
    if (path === '/events') return listen(response);
    if (path === '/info') return json(response, 200, { SystemTime: stampOf(quirks.now()) });
    if (path === '/containers/json') return json(response, 200, [...containers.values()].map(listed));
    const [, id = '', what] = /^\/containers\/(\w+)\/(json|logs)$/.exec(path) ?? [];
    const container = containers.get(id);
    if (container === undefined) return json(response, 404, { message: `No such container: ${id}` });
    if (what === 'json') return json(response, 200, { Id: id, Config: { Tty: container.tty } });
    const refusal = quirks.refusals.get(id);
    if (refusal !== undefined) return json(response, refusal.status, { message: refusal.message });
    sendLog(container, url.searchParams, response, quirks);
  };
  const listen = (response: ServerResponse) => {
    listeners.add(response);
    response.once('close', () => listeners.delete(response));
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  };
  return {
    host: `unix://${socket}`,
    asked,
    quirks,
    async start() {
      server = createServer(answer);
      const opened = Promise.withResolvers<void>();
      server.listen(socket, () => opened.resolve());
      await opened.promise;
    },
    async stop() {
      const stopping = server;
      server = null;
      if (stopping === null) return;
      const closed = new Promise((resolve) => stopping.close(resolve));
      stopping.closeAllConnections();
      await closed;
    },
    run(name, facts = {}) {
      made += 1;
      const id = made.toString(16).padStart(64, 'c');
      const container = fakeContainer(id, name, facts, (action) => tell(id, action));
      containers.set(id, container);
      tell(id, 'create');
      if (facts.running !== false) container.start();
      return container;
    },
    remove(container) {
      container.stop();
      containers.delete(container.id);
      tell(container.id, 'destroy');
    },
  };
}

function listed({ id, name, image, labels, running }: FakeContainer) {
  return {
    Id: id,
    Names: [`/${name()}`],
    Image: image,
    Labels: labels,
    State: running() ? 'running' : 'exited',
  };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendLog(
  container: FakeContainer,
  asked: URLSearchParams,
  response: ServerResponse,
  quirks: Quirks,
): void {
  const since = nanosOf(asked.get('since') ?? '0');
  const wanted = { stdout: isOn(asked, 'stdout'), stderr: isOn(asked, 'stderr') };
  const type = container.tty ? 'raw' : 'multiplexed';
  let found = since === 0n;
  const isLate = ({ time }: Logged) => (quirks.sinceIsExclusive ? time > since : time >= since);
  const send = (logged: Logged) => {
    const late = isLate(logged);
    found ||= late;
    if (!(quirks.sinceHoldsForEach ? late || since === 0n : found) || !wanted[logged.lane]) return;
    const stamp = isOn(asked, 'timestamps') ? `${stampOf(logged.time)} ` : '';
    const line = Buffer.concat([Buffer.from(stamp), logged.bytes]);
    const bytes = container.tty ? line : Buffer.concat([headerOf(logged.lane, line.length), line]);
    for (const chunk of quirks.cut(bytes)) response.write(chunk);
  };
  response.writeHead(200, { 'content-type': `application/vnd.docker.${type}-stream` });
  if (!quirks.lateHeaders) response.flushHeaders();
  for (const logged of container.kept()) send(logged);
  if (!isOn(asked, 'follow') || !container.running()) return void response.end();
  const forget = container.follow(send, () => response.end());
  response.once('close', forget);
}

/** Docker reads `1`, `true` and `True` as true. */
function isOn(asked: URLSearchParams, name: string): boolean {
  return ['1', 'true', 'True'].includes(asked.get(name) ?? '');
}

/** `seconds[.nanoseconds]`. */
function nanosOf(since: string): bigint {
  const [seconds = '0', nanos = ''] = since.split('.');
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanos.padEnd(9, '0'));
}

function stampOf(time: bigint): string {
  const iso = new Date(Number(time / 1_000_000n)).toISOString();
  return `${iso.slice(0, 19)}.${String(time % 1_000_000_000n).padStart(9, '0')}Z`;
}

function headerOf(lane: Logged['lane'], size: number): Buffer {
  const header = Buffer.alloc(8);
  header[0] = lane === 'stdout' ? 1 : 2;
  header.writeUInt32BE(size, 4);
  return header;
}

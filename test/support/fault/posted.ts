import { systemClock } from '../../../src/adapters/system/clock.ts';
import { freePort } from '../real-program.ts';
import type { Fate, Feed } from './feed.ts';
import type { Ledger } from './ledger.ts';
import { faultOf, markOf, messageOf, stackOf } from './numbered.ts';

const clock = systemClock();

/** What is posted to a receiver. */
interface Post {
  readonly source: string;
  readonly path: string;
  readonly type: string;
  body(numbers: readonly number[]): unknown;
}

interface Configured {
  readonly type: string;
  readonly name?: string;
  readonly port: number;
}

/** Someone who posts and never sends again: without an answer nobody knows whether it was kept. */
function posting(configured: Configured, { source, path, type, body }: Post): Feed {
  return {
    source,
    configured,
    senders: 3,
    exceptions: true,
    hand: async (numbers) =>
      (await post(`http://127.0.0.1:${configured.port}${path}`, type, body(numbers))).fate,
    whileDown: () => undefined,
    end: async () => undefined,
    close: async () => undefined,
  };
}

/** What a receiver says to a request. */
export interface Answer {
  readonly fate: Fate;
  /** 0 when there was none. */
  readonly status: number;
  readonly retryAfter: string | null;
}

async function post(url: string, type: string, content: unknown): Promise<Answer> {
  const body = typeof content === 'string' ? content : JSON.stringify(content);
  try {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
    await answer.arrayBuffer().catch(() => undefined); // the head is an answer
    const { status, headers } = answer;
    return { fate: answer.ok ? 'kept' : 'refused', status, retryAfter: headers.get('retry-after') };
  } catch (error) {
    const cause = error instanceof Error ? error.cause : null;
    const refused = cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
    return { fate: refused ? 'refused' : 'unknown', status: 0, retryAfter: null };
  }
}

/** Events as `POST /api/v1/events` takes them. */
function eventsOf(source: string, numbers: readonly number[]): readonly object[] {
  const timestamp = new Date(clock.now()).toISOString();
  return numbers.map((n) => {
    const error = faultOf(n);
    const data =
      error === null
        ? { message: messageOf(n), level: 'info' }
        : { message: 'it broke', level: 'error', stack: stackOf(error) };
    const type = error === null ? 'log' : 'error';
    return { timestamp, source, type, data, metadata: { mark: markOf(n) } };
  });
}

/** Posts new events to an `http` source, and notes what became of them. */
export async function postEvents(port: number, sent: Ledger, count: number): Promise<Answer> {
  const numbers = sent.draw(count);
  const events = eventsOf(sent.source, numbers);
  const answer = await post(`http://127.0.0.1:${port}/api/v1/events`, 'application/json', { events });
  sent.note(numbers, answer.fate);
  return answer;
}

export async function httpFeed(): Promise<Feed> {
  const port = await freePort();
  return posting(
    { type: 'http', port },
    {
      source: 'web',
      path: '/api/v1/events',
      type: 'application/json',
      body: (numbers) => ({ events: eventsOf('web', numbers) }),
    },
  );
}

export async function otlpFeed(): Promise<Feed> {
  const port = await freePort();
  return posting(
    { type: 'otlp', name: 'otel', port },
    {
      source: 'otel',
      path: '/v1/logs',
      type: 'application/json',
      body: (numbers) => ({ resourceLogs: [{ scopeLogs: [{ logRecords: numbers.map(otlpRecord) }] }] }),
    },
  );
}

function otlpRecord(n: number): object {
  const type = faultOf(n);
  const timeUnixNano = `${clock.now()}000000`;
  if (type === null) return { timeUnixNano, severityNumber: 9, body: { stringValue: messageOf(n) } };
  const facts = {
    'exception.type': type,
    'exception.message': 'it broke',
    'exception.stacktrace': stackOf(type),
  };
  const attributes = Object.entries(facts).map(([key, stringValue]) => ({ key, value: { stringValue } }));
  return { timeUnixNano, severityNumber: 17, body: { stringValue: `it broke ${markOf(n)}` }, attributes };
}

export async function sentryFeed(): Promise<Feed> {
  const port = await freePort();
  return posting(
    { type: 'sentry', name: 'sentry', port },
    {
      source: 'sentry',
      path: '/api/1/envelope/?sentry_key=any',
      type: 'application/x-sentry-envelope',
      body: (numbers) => [{}, ...numbers.flatMap(sentryItem)].map((line) => JSON.stringify(line)).join('\n'),
    },
  );
}

function sentryItem(n: number): readonly object[] {
  const type = faultOf(n);
  const said = { timestamp: clock.now() / 1000, platform: 'node', tags: { mark: markOf(n) } };
  if (type === null) return [{ type: 'event' }, { ...said, level: 'info', message: messageOf(n) }];
  // The frames of a Sentry event begin with the outermost.
  const frames = [
    { filename: '/app/src/main.js', function: 'main', lineno: 9, colno: 2, in_app: true },
    { filename: `/app/src/${type}.js`, function: type, lineno: 7, colno: 1, in_app: true },
  ];
  const values = [{ type, value: 'it broke', stacktrace: { frames } }];
  return [{ type: 'event' }, { ...said, level: 'error', exception: { values } }];
}

export async function alertmanagerFeed(): Promise<Feed> {
  const port = await freePort();
  const made = posting(
    { type: 'alertmanager', name: 'alerts', port },
    {
      source: 'alerts',
      path: '/alerts',
      type: 'application/json',
      body: (numbers) => ({ version: '4', alerts: numbers.map(alertOf) }),
    },
  );
  return { ...made, exceptions: false };
}

function alertOf(n: number): object {
  const labels = { alertname: faultOf(n) ?? 'Watchdog', severity: 'critical', mark: markOf(n) };
  return { status: 'firing', labels, startsAt: new Date(clock.now()).toISOString() };
}

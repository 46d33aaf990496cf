import type { z } from 'zod';
import { type RouteName, type Routes, routes } from '../contract/routes.ts';
import type { ChangeView } from '../contract/system-views.ts';
import { type Reviver, readChanges } from './changes.ts';
import { problemError } from './problem-error.ts';
import { type Ask, type Exchange, exchange } from './request.ts';

/** Routes that answer JSON; `stream` and `metrics` have their own methods. */
export type JsonRoute = Exclude<RouteName, 'stream' | 'metrics'>;

type In<R, K extends string> = R extends { readonly [P in K]: infer S extends z.ZodType }
  ? z.input<S>
  : unknown;

/** What a route takes: path, query and body in one flat record. */
export type InputOf<N extends JsonRoute> = In<Routes[N], 'params'> &
  In<Routes[N], 'querystring'> &
  In<Routes[N], 'body'>;

type Schemas<T> = T extends z.ZodType ? z.output<T> : never;

/** What it answers when all is well: the union over its success codes. */
export type OutputOf<N extends JsonRoute> = Schemas<Routes[N]['response'][keyof Routes[N]['response']]>;

type Calls = {
  readonly [N in JsonRoute]: unknown extends InputOf<N>
    ? () => Promise<OutputOf<N>>
    : (input: InputOf<N>) => Promise<OutputOf<N>>;
};

/**
 * One method a route, named as in `contract/routes.ts`. Every method throws the VigilError that the daemon answered,
 * or `daemon_unreachable` when nobody answers.
 */
export interface Client extends Calls {
  readonly socket: string;
  /**
   * The change stream, from now on, until `signal` aborts. It reconnects by itself; after a gap a change of kind
   * `status` comes first, so that a reader can ask again for what it missed.
   */
  changes(signal: AbortSignal): AsyncIterable<ChangeView>;
  /** Prometheus text. */
  metrics(): Promise<string>;
}

export interface ClientOptions {
  /** Called before a reconnect of `changes`: may start a daemon that has gone. */
  readonly revive?: Reviver;
}

/** Talks to the daemon behind a unix socket or a named pipe. Opens nothing until it is asked. */
export function createClient(socket: string, options: ClientOptions = {}): Client {
  const names = (Object.keys(routes) as RouteName[]).filter(isJson);
  const calls = Object.fromEntries(
    names.map((name) => [name, (input: Readonly<Record<string, unknown>> = {}) => call(socket, name, input)]),
  ) as unknown as Calls;
  return {
    ...calls,
    socket,
    changes: (signal) => readChanges(socket, options.revive ?? null, signal),
    metrics: async () =>
      (await answered(await exchange(socket, { method: 'GET', path: routes.metrics.path }))).text,
  };
}

function isJson(name: RouteName): name is JsonRoute {
  return name !== 'stream' && name !== 'metrics';
}

async function call(
  socket: string,
  name: JsonRoute,
  input: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const response = await answered(await exchange(socket, askOf(name, input)));
  const schemas: Readonly<Record<number, z.ZodType>> = routes[name].response;
  const parsed = schemas[response.status]?.safeParse(JSON.parse(response.text));
  if (parsed?.success === true) return parsed.data;
  throw problemError({ status: response.status, text: response.text });
}

async function answered(response: Exchange): Promise<Exchange> {
  if (response.status >= 200 && response.status < 300) return response;
  throw problemError(response);
}

/** Where each key of the flat record goes: into the path, else into the query (GET) or the body (POST). */
export function askOf(name: JsonRoute, input: Readonly<Record<string, unknown>>): Ask {
  const { method, path } = routes[name];
  const used = new Set<string>();
  const filled = path.replace(/:(\w+)/g, (_, key: string) => {
    used.add(key);
    return encodeURIComponent(String(input[key]));
  });
  const rest = Object.entries(input).filter(([key, value]) => !used.has(key) && value !== undefined);
  if (method === 'POST') return { method, path: filled, body: JSON.stringify(Object.fromEntries(rest)) };
  const query = new URLSearchParams(
    rest.map(([key, value]): [string, string] => [key, String(value)]),
  ).toString();
  return { method, path: query === '' ? filled : `${filled}?${query}` };
}
